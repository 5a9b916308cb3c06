import type { App } from '../core/app.ts';
import { pause } from '../infra/queue/backoff.ts';
import { acquireLease, releaseLease } from './cleanupLeases.ts';
import { type CleanupTask, cleanupTasks } from './cleanupTasks.ts';

const LOOK_EVERY_MS = 60_000;
/** The first check comes soon after the start, but not on all instances at once. */
const FIRST_LOOK_MS = { least: 5_000, most: 30_000 };
const RUN_MS = 20_000;

export type OnCleanup = (task: string, outcome: 'ok' | 'failed', removed: number) => void;

interface CleanupOptions {
  onOutcome: OnCleanup;
  tasks?: Record<string, CleanupTask>;
}

/** Runs the scheduled tasks, each on one instance at a time. */
export function startCleanup(app: App, options: CleanupOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let round: Promise<void> = Promise.resolve();
  const look = (delayMs: number): NodeJS.Timeout =>
    setTimeout(() => {
      round = cleanUp(app, options, stopping.signal).finally(() => {
        if (!stopping.signal.aborted) timer = look(LOOK_EVERY_MS);
      });
    }, delayMs);
  const { least, most } = FIRST_LOOK_MS;
  let timer = look(least + Math.random() * (most - least));
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await round;
    },
  };
}

/** Runs the tasks that are due, one after another. A task that fails does not hold up the others. */
export async function cleanUp(
  app: App,
  { onOutcome, tasks = cleanupTasks }: CleanupOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, task] of Object.entries(tasks)) {
    if (signal.aborted) return;
    try {
      const removed = await runIfDue(app, name, task, signal);
      if (removed === null) continue;
      onOutcome(name, 'ok', removed);
      if (removed > 0) app.log.info({ task: name, removed }, 'cleaned up');
    } catch (error) {
      onOutcome(name, 'failed', 0);
      app.log.error({ task: name, err: error }, 'cleanup failed');
    }
  }
}

const AGAIN_MS = 500;

/** Runs one task now, after whoever is running it; returns how much was removed. */
export async function runNow(app: App, name: string, task: CleanupTask): Promise<number> {
  const { signal } = new AbortController();
  for (;;) {
    const removed = await runIfDue(app, name, { ...task, everyMinutes: 0 }, signal);
    if (removed !== null) return removed;
    await pause(AGAIN_MS, signal);
  }
}

/** Returns how much was removed; null when the task is not due or another process runs it. */
async function runIfDue(
  app: App,
  name: string,
  { everyMinutes, step }: CleanupTask,
  signal: AbortSignal,
): Promise<number | null> {
  const lease = await acquireLease(app, name, everyMinutes);
  if (!lease) return null;
  const until = performance.now() + RUN_MS;
  let removed = 0;
  // A task that fails waits for its next run too.
  let isFinished = true;
  try {
    for (let part = 1; part > 0 && isFinished; ) {
      part = await step(app, lease);
      removed += part;
      isFinished = part === 0 || (performance.now() < until && !signal.aborted);
    }
    return removed;
  } finally {
    await releaseLease(app, name, lease, isFinished);
  }
}
