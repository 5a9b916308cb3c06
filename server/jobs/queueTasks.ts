import { keepDeadLetter } from '../infra/queue/dead.ts';
import type { SqsQueue } from '../infra/queue/sqs.ts';
import type { CleanupTask } from './cleanupTasks.ts';

/** Cleanup tasks about what lies in a queue beside the table; null for none. */
export const queueTasks = (sqs: SqsQueue | null) => ({
  deadLetters: {
    everyMinutes: 1,
    step: async ({ db }) => (sqs ? sqs.takeDead((letter) => keepDeadLetter(db, letter)) : 0),
  } satisfies CleanupTask,
});
