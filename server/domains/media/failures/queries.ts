import { sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { jobs, media } from '../../../schema/index.ts';

/**
 * Photos whose processing nobody goes on with: their worker was killed at the last attempt, or a queue lost their job. The pauses between
 * attempts are 15 minutes at most; a first attempt may wait long in a queue that is not ours.
 */
export const findStuck = (db: Db, count: number) =>
  db
    .select({ id: media.id, attempt: media.attempt })
    .from(media)
    .where(
      sql`(
        (${media.status} = 'processing' and ${media.statusChangedAt} < now() - interval '30 minutes')
        or (${media.status} = 'uploaded' and ${media.statusChangedAt} < now() - interval '1 day')
      ) and not exists (
        select from ${jobs}
        where ${jobs.kind} = 'media.process' and ${jobs.deadAt} is null and ${jobs.body} ->> 'mediaId' = ${media.id}::text
      )`,
    )
    .limit(count);

export const fromNow = (days: number) => sql`now() + ${days} * interval '1 day'`;
