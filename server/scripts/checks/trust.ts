import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** No job is left that will reconcile the user's points. */
const isReconciled = (userId: SQL): SQL => sql`not exists (
  select from jobs where kind = 'trust.settle' and dead_at is null and body -> 'change' ->> 'userId' = ${userId}::text)`;

/** What ledger rows of one kind should be worth by their source; rows whose source was purged are skipped. */
const worth = (kind: string, from: SQL, points: SQL): SQL => sql`
  select trust_points.*, ${points} as worth from trust_points ${from} where act = ${kind}`;

const isActive = (table: SQL): SQL => sql`(${table}.deleted_at is null and ${table}.taken_down_at is null)`;

const worths = sql.join(
  [
    worth(
      'post',
      sql`join posts on posts.id::text = source_id`,
      sql`case when ${isActive(sql`posts`)} and published_at is not null then 5 else 0 end`,
    ),
    worth(
      'comment',
      sql`left join comments on comments.id::text = source_id left join comments parents on parents.id = comments.parent_id`,
      sql`case when comments.id is not null and ${isActive(sql`comments`)} and (parents.id is null or ${isActive(sql`parents`)}) then 2 else 0 end`,
    ),
    worth(
      'likeReceived',
      sql`join posts on posts.id::text = split_part(source_id, ':', 1) and posts.deleted_at is null`,
      sql`(select count(*) from likes where post_id = posts.id and likes.user_id::text = split_part(source_id, ':', 2))`,
    ),
    worth(
      'follower',
      sql``,
      sql`2 + (select count(*) from follows where followee_id = trust_points.user_id and follower_id::text = source_id)`,
    ),
    worth(
      'flagUpheld',
      sql`join reports on reports.id::text = source_id left join actions on actions.id = action_id`,
      sql`case when actions.id is not null and undone_at is null then -10 else 0 end`,
    ),
    worth(
      'contentRemoved',
      sql`join (select id, undone_at from actions) removals on removals.id::text = source_id`,
      sql`case when undone_at is null then -25 else 0 end`,
    ),
    worth(
      'strike',
      sql`join (select id, undone_at from strikes) given on given.id::text = source_id`,
      sql`case when undone_at is null then -50 else 0 end`,
    ),
    worth(
      'invitedBasic',
      sql`join users on users.id::text = source_id`,
      sql`case when trust_level > 0 then 10 else 0 end`,
    ),
  ],
  sql` union all `,
);

/** Trust points against their sources, and levels against strikes. */
export const trustChecks: Check[] = [
  {
    name: 'trustPointsWrong',
    says: 'ledger entries with wrong points',
    broken: sql`
      select user_id || ' ' || act || ' ' || source_id || ' has ' || points || ' for ' || worth as id
      from (${worths}) ledger where points <> worth and ${isReconciled(sql`user_id`)}`,
  },
  {
    name: 'trustPointsMissing',
    says: 'posts, comments, likes and followers without points',
    broken: sql`
      select due.user_id || ' ' || due.act || ' ' || due.source_id as id from (
        select author_id, 'post', id::text from posts where ${isActive(sql`posts`)} and published_at is not null
        union all
        select comments.author_id, 'comment', comments.id::text from comments
        left join comments parents on parents.id = comments.parent_id
        where ${isActive(sql`comments`)} and (parents.id is null or ${isActive(sql`parents`)})
        union all
        select author_id, 'likeReceived', post_id || ':' || user_id from likes
        join posts on posts.id = post_id and deleted_at is null where user_id <> author_id
        union all
        select followee_id, 'follower', follower_id::text from follows
      ) due (user_id, act, source_id)
      left join trust_points ledger using (user_id, act, source_id)
      where ledger.points is null and ${isReconciled(sql`due.user_id`)}`,
  },
  {
    name: 'levelDespiteStrikes',
    says: 'users above New with three strikes in force who were not verified by an operator',
    broken: sql`
      select users.id || ' ' || trust_level as id from users
      join strikes on user_id = users.id and undone_at is null and ends_at > now()
      where trust_level in (1, 2) group by users.id having count(*) >= 3`,
  },
];
