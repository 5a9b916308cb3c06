import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/**
 * Rows with `id` and `due`, the time from which the task takes them, that were due for long when it was done with its last turn.
 * A Ciel that was switched off since, or is at it, has nothing left: nothing is measured by the time that it is now.
 */
const leftBy = (task: string, rows: SQL, grace = '1 day'): SQL => sql`
  select left_rows.id || ' since ' || due as id from (${rows}) left_rows
  join cleanup_tasks on task = ${task} where due < ran_at - ${grace}::interval`;

/** What the cleanup should have swept. */
export const leftoverChecks: Check[] = [
  {
    name: 'idempotencyKeyLeft',
    says: 'idempotency keys that have ended for long',
    broken: leftBy(
      'idempotencyKeys',
      sql`select user_id || ' ' || key as id, created_at + interval '24 hours' as due from idempotency_keys`,
    ),
  },
  {
    name: 'uploadLeft',
    says: 'uploads that never came, and are still waited for',
    broken: leftBy(
      'uploads',
      sql`select id::text, upload_expires_at + interval '1 day' as due from media where status = 'pending'`,
    ),
  },
  {
    name: 'muteLeft',
    says: 'mutes that have ended for long',
    broken: leftBy(
      'mutes',
      sql`select muter_id || ' ' || muted_id as id, expires_at as due from mutes where expires_at is not null`,
    ),
  },
  {
    name: 'sessionLeft',
    says: 'sessions that have ended for long',
    broken: leftBy(
      'sessions',
      sql`select id::text, least(expires_at, revoked_at) + interval '30 days' as due from sessions`,
    ),
  },
  {
    name: 'securityEventLeft',
    says: 'security events that are too old to be asked about',
    broken: leftBy(
      'securityEvents',
      sql`select id::text, created_at + interval '180 days' as due from security_events`,
    ),
  },
  {
    name: 'storyLeft',
    says: 'stories that were deleted long ago',
    // The same task takes what is over and in no highlight; but when something left its last highlight nobody wrote down.
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
    says: 'people who were deleted long ago, and have not been erased',
    // That takes turns, one person after another, and waits for jobs of others.
    broken: leftBy(
      'accounts',
      sql`select id::text, deleted_at + interval '30 days' as due from users where deleted_at is not null`,
      '7 days',
    ),
  },
  {
    name: 'notificationLeft',
    says: 'notifications that are too old to be shown',
    broken: leftBy(
      'notifications',
      sql`select id::text, created_at + interval '90 days' as due from notification_groups`,
    ),
  },
  {
    name: 'eventLeft',
    says: 'events that nobody can resume from any more',
    broken: leftBy('events', sql`select id::text, created_at + interval '1 hour' as due from events`),
  },
  {
    name: 'levelOfEndedStrikes',
    says: 'people who are New by strikes that have ended for long',
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
