import { sql } from 'drizzle-orm';
import { jobs } from '../../schema/jobs.ts';
import type { Db } from '../db/db.ts';

export interface Job {
  queue: typeof jobs.$inferInsert.queue;
  kind: string;
  body: object;
  delayMs?: number;
  /** While a job with this key waits for its first delivery, no second one is written; the earlier of their times applies. */
  dedupKey?: string;
}

/** Writes the job through any database or open transaction; in a transaction it exists only if that commits. */
export async function enqueueJob(db: Db, { queue, kind, body, delayMs = 0, dedupKey }: Job): Promise<void> {
  await db
    .insert(jobs)
    .values({ queue, kind, body: { ...body }, visibleAt: fromNow(delayMs), dedupKey: dedupKey ?? null })
    // Not "do nothing": the update locks the waiting job, so that no worker takes it before this transaction commits.
    .onConflictDoUpdate({
      target: [jobs.queue, jobs.dedupKey],
      targetWhere: sql`dedup_key is not null and dead_at is null`,
      set: { visibleAt: sql`least(${jobs.visibleAt}, excluded.visible_at)` },
    });
}

export const fromNow = (ms: number) => sql`date_trunc('milliseconds', now()) + ${ms} * interval '1 ms'`;
