import { and, asc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { isOneOf } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { jobs, media } from '../../../schema/index.ts';
import { hasStatus } from '../queries.ts';

/** A photo whose job was lost this often fails: whatever takes its jobs does not run them. */
export const MAX_LOSSES = 5;

/** When its job was last written to a queue: with a change of its status, or later. */
export const handedOutAt: SQL = sql`greatest(${media.handedOutAt}, ${media.statusChangedAt})`;

export const isMediaJob = eq(jobs.kind, 'media.process');

export const hasJob = (condition: SQL | undefined): SQL => sql`exists (
  select from ${jobs} where ${and(isMediaJob, condition, sql`${jobs.body} ->> 'mediaId' = ${media.id}::text`)}
)`;

/** Photos that wait for a worker, with no job in the table that is live or has died since; handed out before the time, oldest first. */
export const findHandedOut = (db: Db, before: Date, count: number) =>
  db
    .select({ id: media.id })
    .from(media)
    .where(
      and(
        hasStatus('uploaded', 'processing'),
        sql`${handedOutAt} < ${before.toISOString()}::timestamptz`,
        lt(media.lostJobs, MAX_LOSSES),
        sql`not ${hasJob(or(isNull(jobs.deadAt), sql`${jobs.deadAt} > ${handedOutAt}`))}`,
      ),
    )
    .orderBy(asc(media.statusChangedAt))
    .limit(count);

/** `losses`: how many jobs of each are known to be lost since the last time. */
export const recordHandout = (db: Db, ids: string[], losses = 0) =>
  db
    .update(media)
    .set({ handedOutAt: sql`now()`, lostJobs: sql`${media.lostJobs} + ${losses}::integer` })
    .where(and(isOneOf(media.id, ids), hasStatus('uploaded', 'processing')))
    .returning({ id: media.id });
