import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/**
 * Rows (`id`, and `due`, when the cleanup task may first take them) that were long due when the task last finished. The current
 * time plays no part, so that an installation that was switched off, or is cleaning up now, has no leftovers.
 */
export const leftBy = (task: string, rows: SQL, grace = '1 day'): SQL => sql`
  select left_rows.id || ' since ' || due as id from (${rows}) left_rows
  join cleanup_tasks on task = ${task} where due < ran_at - ${grace}::interval`;

/** Rows that the cleanup should have removed. */
export const leftoverChecks: Check[] = [
  {
    name: 'idempotencyKeyLeft',
    says: 'idempotency keys that expired long ago',
    broken: leftBy(
      'idempotencyKeys',
      sql`select user_id || ' ' || key as id, created_at + interval '24 hours' as due from idempotency_keys`,
    ),
  },
  {
    name: 'uploadLeft',
    says: 'uploads that never arrived and are still pending',
    broken: leftBy(
      'uploads',
      sql`select id::text, upload_expires_at + interval '1 day' as due from media where status = 'pending'`,
    ),
  },
  {
    name: 'retainedPlaceLeft',
    says: 'places of photos that are retained although their time is over',
    broken: leftBy('uploads', sql`select place as id, until as due from retained_places`),
  },
  {
    name: 'muteLeft',
    says: 'mutes that ended long ago',
    broken: leftBy(
      'mutes',
      sql`select muter_id || ' ' || muted_id as id, expires_at as due from mutes where expires_at is not null`,
    ),
  },
  {
    name: 'sessionLeft',
    says: 'sessions that ended long ago',
    broken: leftBy(
      'sessions',
      sql`select id::text, least(expires_at, revoked_at) + interval '30 days' as due from sessions`,
    ),
  },
  {
    name: 'securityEventLeft',
    says: 'security events past their retention',
    broken: leftBy(
      'securityEvents',
      sql`select id::text, created_at + interval '180 days' as due from security_events`,
    ),
  },
  {
    name: 'storyLeft',
    says: 'stories that were deleted long ago',
    // The task also takes expired stories outside highlights, but when a story left its last highlight is not recorded.
    broken: leftBy(
      'stories',
      sql`
        select id::text, greatest(deleted_at + interval '7 days', taken_down_at + interval '30 days') as due
        from stories where deleted_at is not null`,
    ),
  },
  {
    name: 'postLeft',
    says: 'posts that were deleted long ago',
    broken: leftBy(
      'posts',
      sql`select id::text, deleted_at + interval '30 days' as due from posts where deleted_at is not null`,
    ),
  },
  {
    name: 'commentLeft',
    says: 'comments that were deleted long ago',
    broken: leftBy(
      'comments',
      sql`select id::text, deleted_at + interval '30 days' as due from comments where deleted_at is not null`,
    ),
  },
  {
    name: 'accountLeft',
    says: 'users who were deleted long ago and not purged',
    // Users are purged one after another, and only after other jobs about them.
    broken: leftBy(
      'accounts',
      sql`select id::text, deleted_at + interval '30 days' as due from users where deleted_at is not null`,
      '7 days',
    ),
  },
  {
    name: 'notificationLeft',
    says: 'notifications past their retention',
    broken: leftBy(
      'notifications',
      sql`select id::text, created_at + interval '90 days' as due from notification_groups`,
    ),
  },
  {
    name: 'eventLeft',
    says: 'events that no stream can resume from any more',
    broken: leftBy('events', sql`select id::text, created_at + interval '1 hour' as due from events`),
  },
  {
    name: 'processLeft',
    says: 'processes that died long ago',
    broken: leftBy(
      'processes',
      sql`select id || ' ' || mode as id, seen_at + interval '1 hour' as due from processes`,
    ),
  },
  {
    name: 'levelOfEndedStrikes',
    says: 'users held at New by strikes that ended long ago',
    broken: leftBy(
      'levelsAfterStrikes',
      sql`
        select users.id::text, max(ends_at) as due from users join strikes on user_id = users.id and undone_at is null
        where trust_level = 0 and deleted_at is null and post_count >= 5 and trust_points >= 20
          and users.created_at < now() - interval '8 days'
          and (select count(*) from trust_points ledger where ledger.user_id = users.id and act = 'flagUpheld') < 5
          and not exists (select from jobs where kind = 'trust.settle' and dead_at is null and body -> 'change' ->> 'userId' = users.id::text)
        group by users.id having count(*) >= 3`,
    ),
  },
];
