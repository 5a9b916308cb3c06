import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { disconnectSignal } from '../http/clientDisconnect.ts';
import type { ContextFactory } from '../http/context.ts';
import { toCielError } from '../http/toCielError.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { deprecationHeaders } from './deprecation.ts';
import type { Endpoint, Path } from './endpoints.ts';
import { createInputReader } from './input.ts';

export const REST_PREFIX = '/v1';

const JSON_TYPE = 'application/json; charset=utf-8';

interface RestOptions {
  endpoints: Endpoint[];
  contexts: ContextFactory;
  metrics: Metrics;
  handlerTimeoutMs: number;
}

/** One route for each procedure and alias, calling the procedure directly. */
export function serveRest(
  server: FastifyInstance,
  { endpoints, contexts, metrics, handlerTimeoutMs }: RestOptions,
): void {
  for (const endpoint of endpoints) {
    for (const path of [endpoint, ...endpoint.aliases]) {
      const handler = createHandler({ ...endpoint, ...path }, contexts, metrics);
      server.route({ method: path.method, url: routeOf(path), handlerTimeout: handlerTimeoutMs, handler });
    }
  }
}

export const routeOf = ({ path }: Path) => REST_PREFIX + path.replace(/\{(\w+)\}/g, ':$1');

function createHandler(endpoint: Endpoint, contexts: ContextFactory, metrics: Metrics) {
  const { name, procedure, type, status, meta } = endpoint;
  const readInput = createInputReader(endpoint);
  const deprecation = deprecationHeaders(meta.deprecated);
  const call = procedure as unknown as (options: object) => Promise<unknown>;

  return async (request: FastifyRequest, reply: FastifyReply) => {
    let input: unknown;
    let isRead = false;
    request.procedures = name;
    reply.headers(deprecation);
    try {
      const answer = await call({
        path: name,
        type,
        ctx: contexts(request, reply),
        signal: disconnectSignal(reply.raw),
        batchIndex: 0,
        // Read only when the procedure asks for it, so that access and limits are checked first, as they are over tRPC.
        getRawInput: async () => {
          if (!isRead) input = readInput(request);
          isRead = true;
          return input;
        },
      });
      metrics.countCall(name, 'rest', 'ok');
      reply.code(status);
      if (status === 204) return reply.send();
      if (meta.location) reply.header('location', REST_PREFIX + fill(meta.location, answer));
      return reply.header('content-type', JSON_TYPE).send(JSON.stringify(answer));
    } catch (error) {
      metrics.countCall(name, 'rest', toCielError(error).code);
      throw error;
    }
  };
}

/** `/posts/{id}` with the id from the response; dots reach into nested fields. */
function fill(location: string, answer: unknown): string {
  return location.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], answer);
    if (value === undefined) throw new Error(`the response has no ${path} for its Location`);
    return encodeURIComponent(String(value));
  });
}
