import { type CielError, toCielError } from './errors.ts';
import { type Signal, sleep } from './platform.ts';

/** How often, and after how long, calls are retried. */
export interface RetryOptions {
  /** Attempts in total; 1 turns retries off. 4 by default. */
  attempts?: number;
  /** When `Retry-After` is longer than this, the error is thrown at once. 10 by default. */
  maxWaitSeconds?: number;
}

/**
 * `all`: safe to repeat, so also retried when there was no response. `refused`: retried only when the server says it did nothing.
 */
export type Repeats = 'all' | 'refused';

const REFUSALS = ['rate_limited', 'overloaded'];
const TRANSIENT = [...REFUSALS, 'unavailable', 'idempotency_running', 'request_timeout'];
const BASE_MS = 200;
const MAX_BACKOFF_MS = 4000;

export async function withRetries<T>(
  work: () => Promise<T>,
  repeats: Repeats,
  { attempts = 4, maxWaitSeconds = 10 }: RetryOptions = {},
  signal?: Signal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (cause) {
      const error = toCielError(cause);
      const waitMs = waitAfter(error, attempt);
      const isWorthIt =
        attempt < attempts && isRetryable(error, repeats) && waitMs <= maxWaitSeconds * 1000 + 500;
      if (!isWorthIt) throw error;
      await sleep(waitMs, signal).catch((reason) => {
        throw toCielError(reason);
      });
    }
  }
}

export function isRetryable({ code, status }: CielError, repeats: Repeats): boolean {
  if (repeats === 'refused') return REFUSALS.includes(code);
  const isTransientNetwork = code === 'network' && (status === 0 || status >= 500 || status === 429);
  return isTransientNetwork || TRANSIENT.includes(code);
}

/** `Retry-After` if the server sent it, otherwise exponential backoff; with jitter, so that clients don't all retry at once. */
export const waitAfter = ({ retryAfterSeconds }: CielError, attempt: number): number =>
  retryAfterSeconds === null
    ? Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
    : retryAfterSeconds * 1000 + Math.random() * 500;
