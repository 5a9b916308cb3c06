import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { type ResponseMetaFn, resolveResponse } from '@trpc/server/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Meta } from '../../core/procedures.ts';
import type { Log } from '../../infra/log/log.ts';
import { disconnectSignal } from '../http/clientDisconnect.ts';
import type { ContextFactory } from '../http/context.ts';
import { problemHeaders } from '../http/problems.ts';
import { toCielError } from '../http/toCielError.ts';
import { logFailure } from '../monitoring/failureLog.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { noteUnavailable } from '../monitoring/unavailability.ts';
import { deprecationHeaders } from '../rest/deprecation.ts';
import { trpcErrorOf } from './errors.ts';

const MAX_BATCH_SIZE = 20;

interface TrpcOptions {
  router: AnyTRPCRouter;
  contexts: ContextFactory;
  metrics: Metrics;
  log: Log;
  /** Ends the open streams. */
  closing: AbortSignal;
  handlerTimeoutMs: number;
}

/**
 * The SDK's surface. Does not use tRPC's own plugin, which parses bodies by itself, and more kinds of them, bypassing the parser
 * shared with REST.
 */
export function serveTrpc(server: FastifyInstance, options: TrpcOptions): void {
  const { router, contexts, metrics, log, closing, handlerTimeoutMs } = options;
  const procedures = router._def.procedures as Record<string, AnyTRPCProcedure | undefined>;
  const isStream = (path: string) => procedures[path]?._def.type === 'subscription';

  const route = {
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const known = toCielError(error);
      noteUnavailable(request, known);
      if (known.code === 'internal') logFailure(log, error, { requestId: request.id });
      const { status, body } = trpcErrorOf(router, known, request.id);
      return reply
        .code(status)
        .headers({ ...problemHeaders(known), 'content-type': JSON_TYPE })
        .send(body);
    },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const { path } = request.params as { path: string };
      const gone = disconnectSignal(reply.raw);
      const response = await resolveResponse({
        router,
        path,
        req: fetchRequest(request, isStream(path) ? AbortSignal.any([gone, closing]) : gone),
        error: null,
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: async ({ info }) => {
          const calls = info?.calls ?? [];
          request.procedures = calls.flatMap((call) => (call.procedure ? [call.path] : [])).join(',');
          return contexts(request, reply, calls.length);
        },
        onError({ error, path }) {
          const known = toCielError(error);
          noteUnavailable(request, known);
          if (known.code !== 'internal') return;
          logFailure(log, error, { requestId: request.id, procedure: path });
        },
        responseMeta: ({ info, data, errors, eagerGeneration }) => {
          const waits = errors.map((error) => toCielError(error).retryAfterSeconds ?? 0);
          if (waits.some(Boolean)) reply.header('retry-after', Math.max(...waits));
          info?.calls.forEach((call, index) => {
            if (!call.procedure) return;
            reply.headers(deprecationHeaders((call.procedure._def.meta as Meta | undefined)?.deprecated));
            metrics.countCall(call.path, 'trpc', eagerGeneration ? 'streamed' : outcomeOf(data[index]));
          });
          return {};
        },
      });
      return send(request, reply, response);
    },
  };
  server.route({ ...route, url: '/trpc/:path', handlerTimeout: handlerTimeoutMs });
  // Only streams have no time limit.
  const streams = Object.keys(procedures).filter(isStream);
  const named = streams.map((path) => path.replaceAll('.', '\\.')).join('|');
  if (named) server.route({ ...route, url: `/trpc/:path(^(?:${named})$)` });
}

const JSON_TYPE = 'application/json; charset=utf-8';

const outcomeOf = (answer: Parameters<ResponseMetaFn<AnyTRPCRouter>>[0]['data'][number] | undefined) =>
  answer && 'error' in answer ? String((answer.error.data as { code?: unknown }).code) : 'ok';

const READ_HEADERS = ['content-type', 'accept', 'trpc-accept', 'last-event-id'];

/** The part of a fetch request that tRPC reads; the body has already been parsed. */
function fetchRequest(request: FastifyRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const name of READ_HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, String(value));
  }
  const { method, url, body } = request;
  return { method, url: `http://ciel${url}`, headers, signal, json: async () => body } as Request;
}

async function send(request: FastifyRequest, reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const said = response.headers.get('content-type') ?? JSON_TYPE;
  const isEvents = said.startsWith('text/event-stream');
  const isStream = isEvents || response.headers.has('transfer-encoding');
  // A request refused before its calls are known would get a text type.
  const type = isStream ? said : JSON_TYPE;
  const vary = [reply.getHeader('vary'), response.headers.get('vary')].filter(Boolean).join(', ');
  reply.code(response.status).headers({ vary, 'content-type': type });
  if (!isStream) return reply.send(await response.text());
  // Compression would delay the parts of a stream.
  request.headers['x-no-compression'] = 'stream';
  // Otherwise the client would keep the connection open when the stream ends with the server.
  if (isEvents) reply.headers({ connection: 'close', 'x-accel-buffering': 'no' });
  return reply.send(response.body);
}
