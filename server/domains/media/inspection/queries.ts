import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { jobs } from '../../../schema/index.ts';

/** Jobs to process it that are waiting, running or dead. */
export const findJobsOf = (db: Db, mediaId: string) =>
  db
    .select({
      id: jobs.id,
      kind: jobs.kind,
      tries: jobs.receiveCount,
      deadAt: jobs.deadAt,
      lastError: jobs.lastError,
    })
    .from(jobs)
    .where(and(eq(jobs.queue, 'media'), sql`${jobs.body} ->> 'mediaId' = ${mediaId}`))
    .orderBy(asc(jobs.id))
    .limit(200);
