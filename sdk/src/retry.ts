import { type CielError, toCielError } from './errors.ts';
import { type Signal, sleep } from './platform.ts';

/** How often, and for how long, a call is tried again. */
export interface RetryOptions {
  /** Tries in all; 1 never tries again. 4 by default. */
  attempts?: number;
  /** A longer `Retry-After` is not waited for, but thrown. 10 by default. */
  maxWaitSeconds?: number;
}

/** `all`: doing it twice does no harm, so also when no answer came. `refused`: only when the server says that it did nothing. */
export type Repeats = 'all' | 'refused';

const REFUSALS = ['rate_limited', 'overloaded'];
const PASSING = [...REFUSALS, 'unavailable', 'idempotency_running', 'request_timeout'];
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
        attempt < attempts && canPass(error, repeats) && waitMs <= maxWaitSeconds * 1000 + 500;
      if (!isWorthIt) throw error;
      await sleep(waitMs, signal).catch((reason) => {
        throw toCielError(reason);
      });
    }
  }
}

function canPass({ code, status }: CielError, repeats: Repeats): boolean {
  if (repeats === 'refused') return REFUSALS.includes(code);
  const isPassingNetwork = code === 'network' && (status === 0 || status >= 500 || status === 429);
  return isPassingNetwork || PASSING.includes(code);
}

/** As long as the server said and a little more, otherwise twice as long each time; never all clients at once. */
export const waitAfter = ({ retryAfterSeconds }: CielError, attempt: number): number =>
  retryAfterSeconds === null
    ? Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
    : retryAfterSeconds * 1000 + Math.random() * 500;
