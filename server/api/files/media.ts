import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { App } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { type Asked, findGranted } from '../../domains/media/delivery/service.ts';
import type { FileStorage } from '../../infra/storage/files.ts';
import { ObjectMissing } from '../../infra/storage/storage.ts';
import { type Load, shedLoad } from '../http/loadShedding.ts';
import {
  FILE_HEADERS,
  type FileResponse,
  NO_AI_HEADERS,
  PREFLIGHT_HEADERS,
  send,
  wrongMethod,
} from './request.ts';
import { sendRefusal } from './routes.ts';

/** Each request asks the database, so fewer run at once than of files. */
const LOAD: Load = { maxRunning: 32, maxQueued: 256 };

/** A browser may show what it has for this long after its user has lost the right. */
const CACHED_SECONDS = 50;
/** How long the store sends the photo to whoever has the URL of its object. */
const REDIRECTED_SECONDS = 60;

const METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Serves the URLs of photos that not everybody may see: `/media/<id>/<grant>/<file>`. Over files it sends them; over a store it sends
 * the client on to a URL of the object. Register it before plugins that handle preflights for the whole server.
 */
export async function serveMedia(
  server: FastifyInstance,
  app: App,
  files: FileStorage | null,
  load: Load = LOAD,
): Promise<void> {
  await server.register(async (media) => {
    media.setErrorHandler(sendRefusal);
    shedLoad(media, load);
    media.route({
      method: [...METHODS, 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/media/:mediaId/:grant/:file',
      exposeHeadRoute: false,
      async handler(request, reply) {
        const { status, headers, body } = await respond(app, files, request);
        return reply
          .code(status)
          .headers({ ...FILE_HEADERS, ...headers })
          .send(body ?? undefined);
      },
    });
  });
}

async function respond(app: App, files: FileStorage | null, request: FastifyRequest): Promise<FileResponse> {
  const { method } = request;
  if (!METHODS.includes(method)) throw wrongMethod(METHODS.join(', '));
  if (method === 'OPTIONS') return { status: 204, headers: PREFLIGHT_HEADERS, body: null };
  const asked = request.params as Asked;
  if (files) {
    const { file, noAi } = await openGranted(app, files, asked);
    const sent = await send(file, `private, max-age=${CACHED_SECONDS}`, request);
    return noAi ? { ...sent, headers: { ...sent.headers, ...NO_AI_HEADERS } } : sent;
  }
  const { key, noAi } = await findGranted(app, asked);
  const location = await app.storage.signedUrl(key, REDIRECTED_SECONDS, method as 'GET' | 'HEAD');
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store', ...(noAi ? NO_AI_HEADERS : {}) },
    body: null,
  };
}

const TRIES = 3;

/** Looks again when the photo has moved between the two steps. */
async function openGranted(app: App, files: FileStorage, asked: Asked) {
  for (let tries = 1; ; tries++) {
    const { key, noAi } = await findGranted(app, asked);
    try {
      return { file: await files.open(key), noAi };
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      if (tries === TRIES) throw notFound();
    }
  }
}
