import type { App } from '../core/app.ts';
import { removeExpiredKeys } from '../core/idempotency.ts';
import { sweepUploads } from '../domains/media/service.ts';

const EVERY_MS = 10 * 60_000;

/** What runs by the clock. Each task is bounded, may run on several instances at once, and may be repeated. */
const tasks: Record<string, (app: App) => Promise<number>> = {
  idempotencyKeys: removeExpiredKeys,
  uploads: sweepUploads,
};

export function startCleanup(app: App): { stop(): Promise<void> } {
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => cleanUp(app));
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

async function cleanUp(app: App): Promise<void> {
  for (const [task, run] of Object.entries(tasks)) {
    try {
      const removed = await run(app);
      if (removed) app.log.info({ task, removed }, 'cleaned up');
    } catch (error) {
      app.log.error({ task, err: error }, 'cleanup failed');
    }
  }
}
