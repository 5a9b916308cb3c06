import { and, asc, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { jobs } from '../../schema/jobs.ts';
import type { Db } from '../db/db.ts';
import { fromNow } from './enqueueJob.ts';

export interface DeadJob {
  id: number;
  queue: 'media' | 'effects';
  kind: string;
  body: Record<string, unknown>;
  receiveCount: number;
  deadAt: Date;
  lastError: string | null;
}

/** Dead jobs, oldest first, after the given id. */
export async function listDead(
  db: Db,
  { limit, afterId = 0 }: { limit: number; afterId?: number },
): Promise<DeadJob[]> {
  return db
    .select({
      id: jobs.id,
      queue: jobs.queue,
      kind: jobs.kind,
      body: jobs.body,
      receiveCount: jobs.receiveCount,
      deadAt: sql<Date>`${jobs.deadAt}`.mapWith(jobs.deadAt),
      lastError: jobs.lastError,
    })
    .from(jobs)
    .where(and(isNotNull(jobs.deadAt), gt(jobs.id, afterId)))
    .orderBy(asc(jobs.id))
    .limit(limit);
}

/** Makes dead jobs ready again, with all their attempts; returns how many. */
export async function replayDead(db: Db, ids: number[] | 'all'): Promise<number> {
  const rows = await db
    .update(jobs)
    .set({ deadAt: null, receiveCount: 0, visibleAt: fromNow(0), dedupKey: null })
    .where(and(isNotNull(jobs.deadAt), ids === 'all' ? undefined : inArray(jobs.id, ids)))
    .returning({ id: jobs.id });
  return rows.length;
}
