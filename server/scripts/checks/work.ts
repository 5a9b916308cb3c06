import { sql } from 'drizzle-orm';
import { publicMedia } from '../../core/mediaVisibility.ts';
import { media } from '../../schema/index.ts';
import type { Check } from './check.ts';
import { leftBy } from './leftovers.ts';

/** A running worker takes jobs long before this age. */
const STALE = sql`now() - interval '1 day'`;

/** Jobs, and rows that only a job corrects: broken only if no such job is waiting. */
export const workChecks: Check[] = [
  {
    name: 'jobDead',
    says: 'dead jobs, which ran out of attempts',
    broken: sql`select id || ' ' || kind as id from jobs where dead_at is not null`,
  },
  {
    name: 'jobWithoutSubject',
    says: 'jobs about deleted rows that have waited for a day',
    broken: sql`
      select id || ' ' || kind as id from jobs where dead_at is null and created_at < ${STALE} and (
        (kind = 'media.process' and not exists (select from media where media.id = (body ->> 'mediaId')::uuid))
        or (kind = 'media.placeOwner' and not exists (select from users where users.id = (body ->> 'ownerId')::uuid))
        or (kind = 'feed.fanOut' and not exists (select from posts where posts.id = (body ->> 'postId')::uuid))
        or (kind = 'feed.widen' and not exists (select from users where users.id = (body ->> 'authorId')::uuid))
      )`,
  },
  {
    name: 'mediaStuck',
    says: 'uploaded photographs that wait without a job, and have not been given a new one',
    broken: leftBy(
      'lostMedia',
      sql`
        select id || ' ' || status as id, greatest(handed_out_at, status_changed_at) + interval '20 minutes' as due from media
        where status in ('uploaded', 'processing') and not exists (
          select from jobs where kind = 'media.process' and dead_at is null and body ->> 'mediaId' = media.id::text
        )`,
      '10 minutes',
    ),
  },
  {
    name: 'mediaOpenToAll',
    says: 'photographs in the public area that are not public',
    broken: sql`
      select ${media.id}::text || ' ' || ${media.ownerId} as id from ${media}
      where ${media.area} = 'pub' and not ${publicMedia()}
        and not exists (select from jobs where kind in ('media.place', 'media.placeOwner') and dead_at is null)`,
  },
];
