import { handOutAgain } from '../domains/media/handout/service.ts';
import { keepDeadLetter } from '../infra/queue/dead.ts';
import type { Queue } from '../infra/queue/queue.ts';
import type { SqsQueue } from '../infra/queue/sqs.ts';
import type { Lease } from './cleanupLeases.ts';
import type { CleanupTask } from './cleanupTasks.ts';

const MINUTE = 60_000;
/** A worker takes a job long before, unless it waits in a backlog or is lost. */
const HANDED_OUT_AGAIN = 20 * MINUTE;

/** Cleanup tasks about what lies in a queue beside the table; null for none. */
export const queueTasks = (sqs: SqsQueue | null) => ({
  deadLetters: {
    everyMinutes: 1,
    step: async ({ db }) => (sqs ? sqs.takeDead((letter) => keepDeadLetter(db, letter)) : 0),
  } satisfies CleanupTask,
  lostMedia: {
    everyMinutes: 1,
    step: async (app, lease) => {
      const now = lease.startedAt.getTime();
      const lostBefore = sqs ? await emptyBefore(sqs, lease) : now - MINUTE;
      const before = new Date(Math.max(lostBefore, now - HANDED_OUT_AGAIN));
      return handOutAgain(app, { before, isLost: lostBefore > 0 });
    },
  } satisfies CleanupTask,
});

/**
 * A time: what the queue got before it, it has no more. 0 when there is none. Its numbers are approximations of the last minute, so it
 * has to be without a job, ready or in flight, at two looks with a minute in between. The progress has the times of both.
 */
async function emptyBefore(queue: Queue, lease: Lease): Promise<number> {
  const now = lease.startedAt.getTime();
  const [before = 0, lookedAt = 0] = lease.progress?.split(' ').map(Number) ?? [];
  // A further step of one run: by now the queue has what the first has handed out.
  if (lookedAt === now) return before;
  const depth = await queue.depth().catch(() => null);
  if (depth?.ready !== 0 || depth.inFlight !== 0) {
    lease.progress = null;
    return 0;
  }
  if (now - lookedAt < MINUTE) return 0;
  lease.progress = `${lookedAt} ${now}`;
  return lookedAt;
}
