import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** Without an SDK it records nothing. */
const tracer = trace.getTracer('ciel');
let isOn = false;

export function turnOnTracing(): void {
  isOn = true;
}

/** Runs the work in a span. Without tracing it only runs the work. */
export function traced<T>(name: string, work: () => Promise<T>, kind = SpanKind.INTERNAL): Promise<T> {
  if (!isOn) return work();
  return tracer.startActiveSpan(name, { kind }, async (span) => {
    try {
      return await work();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Says the class of the error alone: a message may quote what users wrote. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
}

/** These methods of the object, each in a span `<name>.<method>`. */
export function tracedMethods<T extends object, M extends keyof T & string>(
  name: string,
  object: T,
  methods: M[],
): T {
  const wrapped = methods.map((method) => {
    const call = object[method] as (...args: unknown[]) => Promise<unknown>;
    return [
      method,
      (...args: unknown[]) => traced(`${name}.${method}`, () => call(...args), SpanKind.CLIENT),
    ];
  });
  return { ...object, ...Object.fromEntries(wrapped) };
}

/** What the driver's queries have beyond their types. */
interface DriverQuery {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** A span for the statement, until the driver has its result. The text has placeholders instead of values. */
export function tracedStatement<T>(text: string, query: T): T {
  if (!isOn) return query;
  const span = tracer.startSpan(/\w+/.exec(text)?.[0].toUpperCase() ?? 'SQL', {
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': text },
  });
  const sent = query as DriverQuery;
  const { resolve, reject } = sent;
  sent.resolve = (result) => {
    span.end();
    resolve(result);
  };
  sent.reject = (error) => {
    fail(span, error);
    span.end();
    reject(error);
  };
  return query;
}

/** Ends the span of a request. */
export type EndRequest = (name: string, attributes: Attributes, isFailure: boolean) => void;

/** Continues the trace in the headers of a request, and runs the rest of the request in a span of it. */
export function traceRequest(headers: Record<string, unknown>, run: (end: EndRequest | null) => void): void {
  if (!isOn) {
    run(null);
    return;
  }
  const parent = propagation.extract(context.active(), headers);
  const span = tracer.startSpan('HTTP', { kind: SpanKind.SERVER }, parent);
  context.with(trace.setSpan(parent, span), () =>
    run((name, attributes, isFailure) => {
      span.updateName(name).setAttributes(attributes);
      if (isFailure) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }),
  );
}
