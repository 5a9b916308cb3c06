import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Actions of the kind that have not been undone. */
const standing = (kind: string): SQL => sql`select * from actions where kind = ${kind} and undone_at is null`;

/** Until when those who are banned are, by what was done to them. */
const bans = sql`
  select user_id, max(coalesce(ends_at, '9999-12-31T00:00:00Z')) as until from (${standing('ban')}) standing group by 1`;

const hidden = (type: string, table: SQL): SQL => sql`
  select ${type}::text || ' ' || content.id as id from ${table} content
  where taken_down_at is not null and deleted_at is null and not exists (
    select from (${standing('takedown')}) standing where subject_type = ${type} and subject_id = content.id)`;

/** What was done to people against the actions that say so: an operator's own, and those that a strike brought. */
export const sanctionChecks: Check[] = [
  {
    name: 'banWithoutAction',
    says: 'people who are banned for longer than any action says that was not undone',
    broken: sql`
      select users.id || ' until ' || banned_until as id from users left join (${bans}) said on said.user_id = users.id
      where banned_until > now() and banned_until > coalesce(until, '-infinity')`,
  },
  {
    name: 'banWithoutEffect',
    says: 'people who are banned by an action that was not undone, and are there',
    broken: sql`
      select users.id || ' until ' || until as id from users join (${bans}) said on said.user_id = users.id
      where until > now() and deleted_at is null and coalesce(banned_until, '-infinity') < until`,
  },
  {
    name: 'takenDownWithoutAction',
    says: 'things that are hidden by no action that stands',
    broken: sql.join(
      [hidden('post', sql`posts`), hidden('comment', sql`comments`), hidden('story', sql`stories`)],
      sql` union all `,
    ),
  },
  {
    name: 'strikeApart',
    says: 'strikes without their action, or actions that gave none, or of which one was undone and the other was not',
    broken: sql`
      select users.id || ' ' || coalesce(acts.id, strikes.action_id) as id
      from (select * from actions where kind = 'strike') acts
      full join strikes on strikes.action_id = acts.id and strikes.user_id = acts.user_id
      join users on users.id = coalesce(acts.user_id, strikes.user_id)
      where users.deleted_at is null
        and (acts.id is null or strikes.id is null or (acts.undone_at is null) <> (strikes.undone_at is null))`,
  },
  {
    name: 'consequenceOfUndone',
    says: 'actions that stand though the one that brought them was undone',
    broken: sql`
      select brought.id || ' ' || cause.id as id from actions brought join actions cause on cause.id = brought.cause_id
      where brought.undone_at is null and cause.undone_at is not null`,
  },
];
