import { pgTable, text } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';

/** The turns of the cleanup tasks, shared by all instances. */
export const cleanupTasks = pgTable('cleanup_tasks', {
  task: text('task').primaryKey(),
  /** Until then an instance is running the task, or has died. */
  leasedUntil: time('leased_until'),
  /** Null when the task should run as soon as possible: it never ran, or has not finished. */
  ranAt: time('ran_at'),
  /** Where a task that goes through everything continues; null at the beginning. */
  progress: text('progress'),
});
