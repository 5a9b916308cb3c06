import type { FastifyInstance } from 'fastify';
import { traceRequest } from '../../infra/tracing/tracing.ts';

/** A span for every request that is not a probe; the statements and the storage calls of the request are in it. */
export function traceRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { url: route = 'none', config } = request.routeOptions;
    if (config.isProbe) return done();
    traceRequest(request.headers, (end) => {
      if (end)
        reply.raw.once('close', () => {
          const { statusCode } = reply;
          const attributes = {
            'http.request.method': request.method,
            'http.route': route,
            'http.response.status_code': statusCode,
            'ciel.request_id': request.id,
            ...(request.procedures && { 'ciel.procedures': request.procedures }),
          };
          end(`${request.method} ${route}`, attributes, statusCode >= 500);
        });
      done();
    });
  });
}
