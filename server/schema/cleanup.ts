import { pgTable, text } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';

/** Whose turn it is to clean up, of all instances. */
export const cleanupTasks = pgTable('cleanup_tasks', {
  task: text('task').primaryKey(),
  /** An instance is at it until then, or died. */
  leasedUntil: time('leased_until'),
  /** Null when it is to run again as soon as can be: never did, or had not finished. */
  ranAt: time('ran_at'),
  /** Where a task that goes through everything goes on; null at the beginning. */
  progress: text('progress'),
});
