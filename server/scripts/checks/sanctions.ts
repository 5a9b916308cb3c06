import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Actions of this kind that have not been undone. */
const inForce = (kind: string): SQL => sql`select * from actions where kind = ${kind} and undone_at is null`;

/** When each user's last ban in force ends. */
const bans = sql`
  select user_id, max(coalesce(ends_at, '9999-12-31T00:00:00Z')) as until from (${inForce('ban')}) in_force group by 1`;

const hidden = (type: string, table: SQL): SQL => sql`
  select ${type}::text || ' ' || content.id as id from ${table} content
  where taken_down_at is not null and deleted_at is null and not exists (
    select from (${inForce('takedown')}) in_force where subject_type = ${type} and subject_id = content.id)`;

/** Bans, takedowns and strikes against the actions behind them: an operator's own, and those that follow from a strike. */
export const sanctionChecks: Check[] = [
  {
    name: 'banWithoutAction',
    says: 'users banned for longer than any action in force',
    broken: sql`
      select users.id || ' until ' || banned_until as id from users left join (${bans}) said on said.user_id = users.id
      where banned_until > now() and banned_until > coalesce(until, '-infinity')`,
  },
  {
    name: 'banWithoutEffect',
    says: 'users who are not banned despite an action in force',
    broken: sql`
      select users.id || ' until ' || until as id from users join (${bans}) said on said.user_id = users.id
      where until > now() and deleted_at is null and coalesce(banned_until, '-infinity') < until`,
  },
  {
    name: 'takenDownWithoutAction',
    says: 'content taken down without an action in force',
    broken: sql.join(
      [hidden('post', sql`posts`), hidden('comment', sql`comments`), hidden('story', sql`stories`)],
      sql` union all `,
    ),
  },
  {
    name: 'strikeApart',
    says: 'strikes and actions that do not match, or of which only one was undone',
    broken: sql`
      select users.id || ' ' || coalesce(due.id, strikes.action_id) as id
      from (select * from actions where kind = 'strike') due
      full join strikes on strikes.action_id = due.id and strikes.user_id = due.user_id
      join users on users.id = coalesce(due.user_id, strikes.user_id)
      where users.deleted_at is null
        and (due.id is null or strikes.id is null or (due.undone_at is null) <> (strikes.undone_at is null))`,
  },
  {
    name: 'consequenceOfUndone',
    says: 'actions in force though the one that caused them was undone',
    broken: sql`
      select brought.id || ' ' || cause.id as id from actions brought join actions cause on cause.id = brought.cause_id
      where brought.undone_at is null and cause.undone_at is not null`,
  },
];
