import { setTimeout as sleep } from 'node:timers/promises';

export interface Backoff {
  baseMs: number;
  factor: number;
  maxMs: number;
}

/** The delay (ms) after attempt number `attempt`: grows by the factor, with jitter over its upper half so that retries don't come in step. */
export function backoffMs(attempt: number, { baseMs, factor, maxMs }: Backoff): number {
  const full = Math.min(maxMs, baseMs * factor ** Math.max(0, attempt - 1));
  return Math.round(full * (0.5 + Math.random() / 2));
}

/** Resolves after the time or when the signal aborts, whichever is first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
