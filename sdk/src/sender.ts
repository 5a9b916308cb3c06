import type { Ask } from './batches.ts';
import type { CallOptions, Send } from './calls.ts';
import { isCielError } from './errors.ts';
import { type Exchange, resultOf } from './exchange.ts';
import { uuid } from './platform.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import type { SessionManager } from './session.ts';
import { encode } from './wire.ts';

export interface SenderOptions {
  url: string;
  exchange: Exchange;
  ask: Ask;
  session: SessionManager;
  retry: RetryOptions | undefined;
  timeoutMs: number | undefined;
}

/** Does the work with the token of the session, and once more with a new one when the server refuses that. */
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

export function createSend({ url, exchange, ask, session, retry, timeoutMs }: SenderOptions): Send {
  async function write(path: string, input: object, key: string | null, options: CallOptions) {
    return withToken(session, async (token) => {
      const headers = {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(key === null ? {} : { 'idempotency-key': key }),
      };
      return post(exchange, `${url}/${path}`, input, {
        headers,
        calls: [path],
        signal: options.signal,
        timeoutMs,
      });
    });
  }

  return (path, kind, input, options) => {
    const { signal, idempotencyKey } = options;
    if (kind === 'query' || kind === 'list') {
      const read = () => withToken(session, (token) => ask(path, input, token, signal));
      return withRetries(read, 'all', retry, signal);
    }
    // Only what somebody signed in writes is kept under their key; the rest is repeated when nothing was done.
    const key = kind === 'mutation' ? (idempotencyKey ?? uuid()) : null;
    const repeats = key === null ? 'refused' : 'all';
    return withRetries(() => write(path, input, key, options), repeats, retry, signal);
  };
}

interface PostOptions {
  calls: string[];
  headers?: object;
  signal?: CallOptions['signal'] | undefined;
  timeoutMs?: number | undefined;
}

export async function post(exchange: Exchange, url: string, input: object, options: PostOptions) {
  const { headers, ...rest } = options;
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(encode(input)),
  };
  return resultOf(await exchange.json(url, init, rest));
}
