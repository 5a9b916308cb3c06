import { turnOnTracing } from './tracing.ts';

/**
 * Sends spans by OTLP over HTTP, as the variables of OpenTelemetry say (endpoint, headers, sampler, service name). Returns what sends the
 * last ones. The SDK is loaded here only.
 */
export async function startTracing(version: string): Promise<() => Promise<void>> {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ]);
  const ours = resources.resourceFromAttributes({ 'service.name': 'ciel', 'service.version': version });
  const theirs = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new NodeTracerProvider({
    resource: resources.defaultResource().merge(ours).merge(theirs),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  turnOnTracing();
  // A collector that is unavailable must not hold up a stop.
  return () => Promise.race([provider.shutdown().catch(() => {}), waitMs(2000)]);
}

const waitMs = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
