import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { FileStorage } from '../../infra/storage/files.ts';
import { problemFor, problemHeaders } from '../http/problems.ts';
import { FileError } from './fileError.ts';
import { FILE_HEADERS, handleFileRequest } from './request.ts';

/**
 * Serves the URLs of a FileStorage under `/files`. Register it before plugins that handle preflights or set security headers for
 * the whole server: these routes have their own.
 */
export async function serveFiles(server: FastifyInstance, storage: FileStorage): Promise<void> {
  await server.register(async (files) => {
    // Bodies of any type are streamed; the ticket bounds their length.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    files.setErrorHandler<FastifyError | FileError>((error, request, reply) => {
      const refusal = error instanceof FileError ? error : frameworkError(error);
      if (!refusal) throw error;
      return reply
        .code(refusal.status)
        .headers({
          ...FILE_HEADERS,
          'cache-control': 'no-store',
          ...problemHeaders(refusal),
          ...refusal.headers,
        })
        .send(JSON.stringify(problemFor(refusal, request.id, refusal.status)));
    });
    files.route({
      method: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/files/*',
      exposeHeadRoute: false,
      async handler(request, reply) {
        const { status, headers, body } = await handleFileRequest(storage, {
          method: request.method,
          path: (request.params as { '*': string })['*'],
          headers: request.headers,
          body: request.body instanceof Readable ? request.body : Readable.from([]),
        });
        return reply
          .code(status)
          .headers({ ...FILE_HEADERS, ...headers })
          .send(body ?? undefined);
      },
    });
  });
}

/** Null for failures of the server, which the server's own handler logs. */
function frameworkError(error: FastifyError): FileError | null {
  const status = error.statusCode ?? 500;
  if (status >= 500) return null;
  return status === 415
    ? new FileError('unsupported_media_type', 'The content type is malformed')
    : new FileError('invalid_input', 'The request is invalid', { status });
}
