import type { IncomingMessage } from 'node:http';

/** What a client has already sent, or sends before it reads the response, is discarded; a client that sends more is cut off. */
const MOST = { bytes: 64 * 1024 ** 2, ms: 10_000 };

/**
 * Discards the rest of a body that was refused midway. The connection then carries the next request, which may be somebody
 * else's behind a proxy; Node would wait for the rest for ever.
 */
export function discardBody(request: IncomingMessage, { bytes, ms } = MOST): void {
  if (request.complete || request.destroyed) return void request.resume();
  let left = bytes;
  const cut = () => request.socket.destroy();
  const timer = setTimeout(cut, ms).unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.on('error', () => {});
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) cut();
  });
}

/** The body as chunks; unlike the request itself, it can be left before its end without losing the connection. */
export const chunksOf = (request: IncomingMessage): AsyncIterable<Uint8Array> =>
  request.iterator({ destroyOnReturn: false });
