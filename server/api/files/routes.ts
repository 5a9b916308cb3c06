import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CielError } from '../../core/errors.ts';
import type { FileStorage } from '../../infra/storage/files.ts';
import { PUBLIC_PREFIX } from '../../infra/storage/storage.ts';
import { type Load, shedLoad } from '../http/loadShedding.ts';
import { problemFor, problemHeaders } from '../http/problems.ts';
import { noteUnavailable } from '../monitoring/unavailability.ts';
import { FileError } from './fileError.ts';
import { FILE_HEADERS, handleFileRequest, NO_AI_HEADERS } from './request.ts';
import { chunksOf, discardBody } from './unreadBody.ts';

/**
 * An upload counts while its body arrives, however slowly, so uploads have places of their own: they never take those of reads, nor
 * of the API. A read counts until its response begins.
 */
const LOAD = { uploads: { maxRunning: 128, maxQueued: 128 }, reads: { maxRunning: 64, maxQueued: 256 } };

type IsNoAi = (key: string) => Promise<boolean>;

/**
 * Serves the URLs of a FileStorage under `/files`. Register it before plugins that handle preflights or set security headers for
 * the whole server: these routes have their own. `isNoAi` says whether a public object is sent with the wish of its owner; it never
 * rejects.
 */
export async function serveFiles(
  server: FastifyInstance,
  storage: FileStorage,
  isNoAi: IsNoAi,
  load: { uploads: Load; reads: Load } = LOAD,
): Promise<void> {
  await server.register(async (files) => {
    // Bodies of any type are streamed; the ticket bounds their length.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.setErrorHandler<FastifyError | CielError>(sendRefusal);
    await files.register(async (uploads) => {
      shedLoad(uploads, load.uploads);
      serve(uploads, storage, isNoAi, ['PUT']);
    });
    await files.register(async (reads) => {
      shedLoad(reads, load.reads);
      serve(reads, storage, isNoAi, ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']);
    });
  });
}

const serve = (files: FastifyInstance, storage: FileStorage, isNoAi: IsNoAi, method: string[]) =>
  files.route({
    method,
    url: '/files/*',
    exposeHeadRoute: false,
    async handler(request, reply) {
      const path = (request.params as { '*': string })['*'];
      const { status, headers, body } = await handleFileRequest(storage, {
        method: request.method,
        path,
        headers: request.headers,
        body: request.body instanceof Readable ? chunksOf(request.raw) : Readable.from([]),
      });
      const hasWish = path.startsWith(PUBLIC_PREFIX) && (await isNoAi(path));
      return reply
        .code(status)
        .headers({ ...FILE_HEADERS, ...headers, ...(hasWish ? NO_AI_HEADERS : {}) })
        .send(body ?? undefined);
    },
  });

export function sendRefusal(error: FastifyError | CielError, request: FastifyRequest, reply: FastifyReply) {
  discardBody(request.raw);
  const refusal = fileErrorOf(error);
  if (!refusal) throw error;
  noteUnavailable(request, refusal);
  return reply
    .code(refusal.status)
    .headers({ ...FILE_HEADERS, 'cache-control': 'no-store', ...problemHeaders(refusal), ...refusal.headers })
    .send(JSON.stringify(problemFor(refusal, request.id, refusal.status)));
}

/** Null for failures of the server, which the server's own handler logs. */
function fileErrorOf(error: FastifyError | CielError): FileError | null {
  if (error instanceof FileError) return error;
  if (error instanceof CielError)
    return new FileError(error.code, error.message, { retryAfterSeconds: error.retryAfterSeconds });
  const status = error.statusCode ?? 500;
  if (status >= 500) return null;
  return status === 415
    ? new FileError('unsupported_media_type', 'The content type is malformed')
    : new FileError('invalid_input', 'The request is invalid', { status });
}
