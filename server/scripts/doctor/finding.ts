import { setTimeout as sleep } from 'node:timers/promises';

/** `absent`: not configured or not running, which is fine. */
export type State = 'ok' | 'absent' | 'warning' | 'broken';

export interface Finding {
  name: string;
  state: State;
  /** What was found. */
  says: string;
  /** How to fix it; null when there is nothing to do. */
  advice: string | null;
}

type Examined = Omit<Finding, 'name'>;

export const ok = (says: string): Examined => ({ state: 'ok', says, advice: null });
export const absent = (says: string, advice: string | null = null): Examined => ({
  state: 'absent',
  says,
  advice,
});
export const warning = (says: string, advice: string): Examined => ({ state: 'warning', says, advice });
export const broken = (says: string, advice: string): Examined => ({ state: 'broken', says, advice });

const WITHIN_MS = 15_000;

/** Runs one examination. It is broken if it throws or takes too long; the advice says what to do then. */
export async function examine(name: string, look: () => Promise<Examined>, advice: string): Promise<Finding> {
  const timer = new AbortController();
  const late = sleep(WITHIN_MS, broken('no response', advice), { signal: timer.signal });
  late.catch(() => {});
  try {
    return { name, ...(await Promise.race([look(), late])) };
  } catch (error) {
    return { name, ...broken(reasonOf(error), advice) };
  } finally {
    timer.abort();
  }
}

/** The first line of the error: further lines may quote what was sent. */
export function reasonOf(error: unknown): string {
  const { message, code, name } = error as { message?: string; code?: string; name?: string };
  return (message || code || name || String(error)).split('\n')[0]!;
}
