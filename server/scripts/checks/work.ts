import { sql } from 'drizzle-orm';
import { publicMedia } from '../../core/visibility.ts';
import { media } from '../../schema/index.ts';
import type { Check } from './check.ts';

/** A worker that lives has long taken what is older. */
const STALE = sql`now() - interval '1 day'`;

/** Jobs, and what only a job brings into order: right once none is waiting that would. */
export const workChecks: Check[] = [
  {
    name: 'jobDead',
    says: 'jobs that were put aside after too many attempts',
    broken: sql`select id || ' ' || kind as id from jobs where dead_at is not null`,
  },
  {
    name: 'jobWithoutSubject',
    says: 'jobs about what is no more, that have waited for a day',
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
    says: 'uploaded photographs that nobody has processed for a day',
    broken: sql`
      select id || ' ' || status as id from media where status in ('uploaded', 'processing') and status_changed_at < ${STALE}`,
  },
  {
    name: 'mediaOpenToAll',
    says: 'photographs where anybody can read them, though not everybody may see them',
    broken: sql`
      select ${media.id}::text || ' ' || ${media.ownerId} as id from ${media}
      where ${media.area} = 'pub' and not ${publicMedia()}
        and not exists (select from jobs where kind in ('media.place', 'media.placeOwner'))`,
  },
];
