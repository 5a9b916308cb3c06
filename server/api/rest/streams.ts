import { Readable } from 'node:stream';
import { isTrackedEnvelope } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../../infra/log/log.ts';
import { disconnectSignal } from '../http/clientDisconnect.ts';
import type { ContextFactory } from '../http/context.ts';
import { toCielError } from '../http/toCielError.ts';
import { logFailure } from '../monitoring/failureLog.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { deprecationHeaders } from './deprecation.ts';
import type { Endpoint } from './endpoints.ts';
import { createInputReader } from './input.ts';
import { routeOf } from './routes.ts';

interface StreamOptions {
  streams: Endpoint[];
  contexts: ContextFactory;
  metrics: Metrics;
  log: Log;
  /** Ends the open streams. */
  closing: AbortSignal;
}

/** One route for each subscription, as server-sent events. */
export function serveStreams(server: FastifyInstance, { streams, ...options }: StreamOptions): void {
  for (const stream of streams) {
    const { method } = stream;
    server.route({
      method,
      url: routeOf(stream),
      exposeHeadRoute: false,
      handler: createHandler(stream, options),
    });
  }
}

function createHandler(
  stream: Endpoint,
  { contexts, metrics, log, closing }: Omit<StreamOptions, 'streams'>,
) {
  const { name, procedure, type, meta } = stream;
  const readInput = createInputReader(stream);
  const deprecation = deprecationHeaders(meta.deprecated);
  const call = procedure as unknown as (options: object) => Promise<AsyncIterable<unknown>>;

  return async (request: FastifyRequest, reply: FastifyReply) => {
    request.procedures = name;
    reply.headers(deprecation);
    const fail = (error: unknown) => logFailure(log, error, { requestId: request.id, procedure: name });
    try {
      const values = await call({
        path: name,
        type,
        ctx: contexts(request, reply),
        signal: AbortSignal.any([disconnectSignal(reply.raw), closing]),
        batchIndex: 0,
        getRawInput: async () => ({ ...(readInput(request) as object), ...lastEventId(request) }),
      });
      metrics.countCall(name, 'rest', 'streamed');
      // Compression would delay the events, and so would a proxy.
      request.headers['x-no-compression'] = 'stream';
      reply.headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
        // Otherwise the client would keep the connection open when the stream ends with the server.
        connection: 'close',
      });
      return reply.send(Readable.from(textOf(values, fail), { objectMode: false }));
    } catch (error) {
      metrics.countCall(name, 'rest', toCielError(error).code);
      throw error;
    }
  };
}

function lastEventId({ headers }: FastifyRequest): { lastEventId?: string } {
  const sent = headers['last-event-id'];
  return typeof sent === 'string' && sent !== '' ? { lastEventId: sent } : {};
}

/** A stream that cannot continue simply ends; a new request returns the reason. */
async function* textOf(
  values: AsyncIterable<unknown>,
  fail: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    for await (const value of values) yield Buffer.from(eventText(value));
  } catch (error) {
    if (toCielError(error).code === 'internal') fail(error);
  }
}

function eventText(value: unknown): string {
  const [id, event] = isTrackedEnvelope<object>(value) ? value : [null, value];
  const { type = 'message', ...data } = event as { type?: string };
  const mark = id === null ? '' : `id: ${id}\n`;
  return type === 'alive' ? `${mark}\n` : `event: ${type}\n${mark}data: ${JSON.stringify(data)}\n\n`;
}
