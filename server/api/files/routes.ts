import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance } from 'fastify';
import { FileRefusal, problemOf } from '../../infra/storage/fileRefusal.ts';
import type { FileStorage } from '../../infra/storage/files.ts';
import { FILE_HEADERS, serveFile } from './serveFile.ts';

/**
 * Serves the URLs of a FileStorage under `/files`. Register it before plugins that handle preflights or set security headers for
 * the whole server: these routes have their own.
 */
export async function fileRoutes(host: FastifyInstance, storage: FileStorage): Promise<void> {
  await host.register(async (fastify) => {
    // Bodies of any type are streamed; the ticket bounds their length.
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    fastify.setErrorHandler<FastifyError | FileRefusal>((error, request, reply) => {
      const refusal = error instanceof FileRefusal ? error : refusalOfHost(error);
      if (!refusal) throw error;
      return reply
        .code(refusal.status)
        .headers({ ...FILE_HEADERS, 'cache-control': 'no-store', ...refusal.headers })
        .type('application/problem+json')
        .serializer(JSON.stringify)
        .send(problemOf(refusal, request.id));
    });
    fastify.route({
      method: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/files/*',
      exposeHeadRoute: false,
      async handler(request, reply) {
        const { status, headers, body } = await serveFile(storage, {
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
function refusalOfHost(error: FastifyError): FileRefusal | null {
  const status = error.statusCode ?? 500;
  if (status >= 500) return null;
  return status === 415
    ? new FileRefusal(415, 'unsupported_media_type', 'The content type is malformed.')
    : new FileRefusal(status, 'invalid_input', 'The request is invalid.');
}
