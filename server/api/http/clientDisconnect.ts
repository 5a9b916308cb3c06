import type { ServerResponse } from 'node:http';

/** Aborts when the client disconnects before it has the whole response. */
export function disconnectSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}
