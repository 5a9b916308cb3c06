import type { Send } from './calls.ts';
import { isCielError } from './errors.ts';
import { uuid } from './platform.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import type { SessionManager } from './session.ts';
import type { Transport } from './transport.ts';

export interface SenderOptions {
  transport: Transport;
  session: SessionManager;
  retry: RetryOptions | undefined;
}

/** Runs the work with the session's token, and once more with a renewed one if the server refuses it. */
export async function withToken<T>(
  session: SessionManager,
  work: (token: string | null) => Promise<T>,
): Promise<T> {
  const token = await session.accessToken();
  try {
    return await work(token);
  } catch (error) {
    if (token === null || !isCielError(error, 'unauthenticated')) throw error;
    const renewed = await session.renew(token);
    if (!renewed) throw error;
    return work(renewed.accessToken);
  }
}

export function createSend({ transport, session, retry }: SenderOptions): Send {
  return (path, kind, input, { signal, idempotencyKey }) => {
    if (kind === 'query' || kind === 'list') {
      const read = () => withToken(session, (token) => transport(path, 'query', input, { token, signal }));
      return withRetries(read, 'all', retry, signal);
    }
    // The server stores idempotency keys per user; without one, a write is retried only when nothing was done.
    const key = kind === 'mutation' ? (idempotencyKey ?? uuid()) : null;
    const write = () =>
      withToken(session, (token) =>
        transport(path, 'mutation', input, { token, signal, idempotencyKey: key }),
      );
    return withRetries(write, key === null ? 'refused' : 'all', retry, signal);
  };
}
