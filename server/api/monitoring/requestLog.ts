import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../../infra/log/log.ts';
import type { Metrics } from './metrics.ts';
import { createUnavailabilityReport } from './unavailability.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the request is authenticated. */
    viewerId: string | null;
    /** The called procedures, separated by commas. */
    procedures: string | null;
  }
}

/** Logged as the status when the client disconnected before the response. */
const CLIENT_CLOSED_REQUEST = 499;

/** One log line and one measurement per request; the client chooses nothing in them but the method and the request id. */
export function logRequests(server: FastifyInstance, log: Log, metrics: Metrics): void {
  const reportUnavailability = createUnavailabilityReport(log, metrics);
  server.decorateRequest('viewerId', null);
  server.decorateRequest('procedures', null);
  server.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) record(request, reply, CLIENT_CLOSED_REQUEST);
    });
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    record(request, reply, reply.statusCode);
    done();
  });

  function record(request: FastifyRequest, reply: FastifyReply, status: number): void {
    reportUnavailability(request);
    const { method, viewerId, procedures } = request;
    const { url: route = 'none', config } = request.routeOptions;
    metrics.observeRequest(method, route, status, reply.elapsedTime / 1000);
    const line = {
      method,
      route,
      status,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
      ...(procedures && { procedures }),
      ...(viewerId && { viewerId }),
    };
    if (config.isProbe) log.debug(line, 'request');
    else log.info(line, 'request');
  }
}
