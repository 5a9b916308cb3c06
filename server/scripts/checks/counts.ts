import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** A number that is kept beside the rows that it counts. */
export interface Count {
  name: string;
  says: string;
  /** The table whose rows have the count. */
  of: SQL;
  /** What tells its rows apart, when that is not a UUID called `id`. */
  key?: { column: SQL; type: SQL };
  column: SQL;
  /** Groups the rows behind the count: `id` of whom they count for, and `n`. */
  rows: SQL;
  /** What the table takes for `behind.n`; what it does not take only a person can mend. */
  takes?: SQL;
}

const ID = { column: sql`id`, type: sql`uuid` };
export const keyOf = ({ key = ID }: Count) => key;

export const counts: Count[] = [
  {
    name: 'followerCount',
    says: 'people whose count of followers is not that of the follows',
    of: sql`users`,
    column: sql`follower_count`,
    rows: sql`select followee_id as id, count(*) as n from follows group by 1`,
  },
  {
    name: 'followingCount',
    says: 'people whose count of followed people is not that of the follows',
    of: sql`users`,
    column: sql`following_count`,
    rows: sql`select follower_id as id, count(*) as n from follows group by 1`,
  },
  {
    name: 'postCount',
    says: 'people whose count of posts is not that of their published posts that stand',
    of: sql`users`,
    column: sql`post_count`,
    rows: sql`select author_id as id, count(*) as n from posts where published_at is not null and deleted_at is null and taken_down_at is null group by 1`,
  },
  {
    name: 'postLikeCount',
    says: 'posts whose count of likes is not that of the likes',
    of: sql`posts`,
    column: sql`like_count`,
    rows: sql`select post_id as id, count(*) as n from likes group by 1`,
  },
  {
    name: 'postCommentCount',
    says: 'posts whose count of comments is not that of the comments that stand under the post or a comment that does',
    of: sql`posts`,
    column: sql`comment_count`,
    rows: sql`select c.post_id as id, count(*) as n from comments c left join comments parent on parent.id = c.parent_id
      where c.deleted_at is null and c.taken_down_at is null and parent.deleted_at is null and parent.taken_down_at is null group by 1`,
  },
  {
    name: 'commentLikeCount',
    says: 'comments whose count of likes is not that of the likes',
    of: sql`comments`,
    column: sql`like_count`,
    rows: sql`select comment_id as id, count(*) as n from comment_likes group by 1`,
  },
  {
    name: 'commentReplyCount',
    says: 'comments whose count of replies is not that of the replies that stand',
    of: sql`comments`,
    column: sql`reply_count`,
    rows: sql`select parent_id as id, count(*) as n from comments where parent_id is not null and deleted_at is null and taken_down_at is null group by 1`,
  },
  {
    name: 'storyViewCount',
    says: 'stories whose count of views is not that of the views',
    of: sql`stories`,
    column: sql`view_count`,
    rows: sql`select story_id as id, count(*) as n from story_views group by 1`,
  },
  {
    name: 'trustPointsSum',
    says: 'people whose points are not the sum of their ledger',
    of: sql`users`,
    column: sql`trust_points`,
    rows: sql`select user_id as id, sum(points)::int as n from trust_points group by 1`,
  },
  {
    name: 'inviteUses',
    says: 'invites whose uses are not the people who came by them',
    of: sql`invites`,
    key: { column: sql`code`, type: sql`text` },
    column: sql`uses`,
    rows: sql`
      select invites.code as id, departed + count(redeemed.code) as n
      from invites left join invite_redemptions redeemed using (code) group by invites.code`,
    takes: sql`behind.n <= max_uses`,
  },
  {
    name: 'caseReportCount',
    says: 'cases without a report, or whose count of reports is not that of the reports',
    of: sql`cases`,
    column: sql`report_count`,
    rows: sql`select case_id as id, count(*) as n from reports group by 1`,
    takes: sql`behind.n > 0`,
  },
  {
    name: 'casePriority',
    says: 'cases whose priority is not the weight of the reports of this round',
    of: sql`cases`,
    column: sql`priority`,
    rows: sql`
      select cases.id, sum(weight)::int as n from cases
      join reports on case_id = cases.id and reports.round = cases.round group by 1`,
    takes: sql`behind.n > 0`,
  },
];

/** Rows whose count is not that of the rows behind it: `id`, what it `has`, and what it is to have, `n`. */
export function driftOf(count: Count): SQL {
  const id = sql`counted.${keyOf(count).column}`;
  return sql`
    select ${id}::text as id, ${count.column} as has, coalesce(n, 0)::int as n
    from ${count.of} counted left join (${count.rows}) behind on behind.id = ${id} where ${count.column} <> coalesce(n, 0)`;
}

const checkOf = (count: Count): Check => ({
  name: count.name,
  says: count.says,
  broken: sql`select id || ' has ' || has || ' for ' || n as id from (${driftOf(count)}) drifted`,
});

export const countChecks = counts.map(checkOf);
