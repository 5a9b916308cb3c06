import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Log } from '../../infra/log/log.ts';
import { createErrorResponder, handleUnknownRoutes } from '../http/errorResponses.ts';
import { collectMethods, refuseOtherMethods } from '../http/methods.ts';
import type { Metrics } from './metrics.ts';

/** `GET /metrics`, in the text format of Prometheus. `authorize` throws for callers who may not read them. */
export function serveMetrics(
  server: FastifyInstance,
  metrics: Metrics,
  authorize: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  server.get('/metrics', { config: { isProbe: true } }, async (request, reply) => {
    await authorize(request, reply);
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}

/** The server on METRICS_ADDR. Whoever reaches that address may read the metrics. */
export function createMetricsServer(metrics: Metrics, log: Log): FastifyInstance {
  const server = Fastify();
  const methods = collectMethods(server);
  server.setErrorHandler(createErrorResponder(log));
  serveMetrics(server, metrics, async () => {});
  refuseOtherMethods(server, methods);
  handleUnknownRoutes(server);
  return server;
}
