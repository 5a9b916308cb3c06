import { and, eq, gte, isNotNull, isNull, max, or, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { jobs, media } from '../../../schema/index.ts';
import { handedOutAt, hasJob, isMediaJob, MAX_LOSSES } from '../handout/queries.ts';
import { hasStatus } from '../queries.ts';

/** Photos whose attempts are used up: their last job died with its worker, or was lost too often. Waiting in a queue costs no attempt. */
export function findStuck(db: Db, count: number) {
  const mediaId = sql<string>`${jobs.body} ->> 'mediaId'`.as('media_id');
  const deaths = db
    .select({ mediaId, last: max(jobs.deadAt).as('last') })
    .from(jobs)
    .where(and(isMediaJob, isNotNull(jobs.deadAt)))
    .groupBy(mediaId)
    .as('deaths');
  return db
    .select({ id: media.id, attempt: media.attempt })
    .from(media)
    .leftJoin(deaths, eq(deaths.mediaId, sql`${media.id}::text`))
    .where(
      and(
        hasStatus('uploaded', 'processing'),
        or(gte(media.lostJobs, MAX_LOSSES), sql`${deaths.last} > ${handedOutAt}`),
        sql`not ${hasJob(isNull(jobs.deadAt))}`,
      ),
    )
    .limit(count);
}

export const fromNow = (days: number) => sql`now() + ${days} * interval '1 day'`;
