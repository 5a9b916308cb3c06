import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** A stored number that must equal a count of rows. */
export interface Count {
  name: string;
  says: string;
  /** The table that stores the count. */
  of: SQL;
  /** The key of its rows, if that isn't a UUID called `id`. */
  key?: { column: SQL; type: SQL };
  column: SQL;
  /** Groups the counted rows: the `id` that they count for, and `n`. */
  rows: SQL;
  /** Whether the table accepts `behind.n`; if it doesn't, only a human can correct the count. */
  takes?: SQL;
}

const ID = { column: sql`id`, type: sql`uuid` };
export const keyOf = ({ key = ID }: Count) => key;

export const counts: Count[] = [
  {
    name: 'followerCount',
    says: 'users with a wrong follower count',
    of: sql`users`,
    column: sql`follower_count`,
    rows: sql`select followee_id as id, count(*) as n from follows group by 1`,
  },
  {
    name: 'followingCount',
    says: 'users with a wrong count of followed users',
    of: sql`users`,
    column: sql`following_count`,
    rows: sql`select follower_id as id, count(*) as n from follows group by 1`,
  },
  {
    name: 'postCount',
    says: 'users with a wrong count of active published posts',
    of: sql`users`,
    column: sql`post_count`,
    rows: sql`select author_id as id, count(*) as n from posts where published_at is not null and deleted_at is null and taken_down_at is null group by 1`,
  },
  {
    name: 'postLikeCount',
    says: 'posts with a wrong like count',
    of: sql`posts`,
    column: sql`like_count`,
    rows: sql`select post_id as id, count(*) as n from likes group by 1`,
  },
  {
    name: 'postCommentCount',
    says: 'posts with a wrong count of active comments and replies',
    of: sql`posts`,
    column: sql`comment_count`,
    rows: sql`select c.post_id as id, count(*) as n from comments c left join comments parent on parent.id = c.parent_id
      where c.deleted_at is null and c.taken_down_at is null and parent.deleted_at is null and parent.taken_down_at is null group by 1`,
  },
  {
    name: 'commentLikeCount',
    says: 'comments with a wrong like count',
    of: sql`comments`,
    column: sql`like_count`,
    rows: sql`select comment_id as id, count(*) as n from comment_likes group by 1`,
  },
  {
    name: 'commentReplyCount',
    says: 'comments with a wrong count of active replies',
    of: sql`comments`,
    column: sql`reply_count`,
    rows: sql`select parent_id as id, count(*) as n from comments where parent_id is not null and deleted_at is null and taken_down_at is null group by 1`,
  },
  {
    name: 'storyViewCount',
    says: 'stories with a wrong view count',
    of: sql`stories`,
    column: sql`view_count`,
    rows: sql`select story_id as id, count(*) as n from story_views group by 1`,
  },
  {
    name: 'trustPointsSum',
    says: 'users whose trust points differ from the sum of their ledger',
    of: sql`users`,
    column: sql`trust_points`,
    rows: sql`select user_id as id, sum(points)::int as n from trust_points group by 1`,
  },
  {
    name: 'inviteUses',
    says: 'invites whose uses differ from the number of users who joined with them',
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
    says: 'cases without a report, or with a wrong report count',
    of: sql`cases`,
    column: sql`report_count`,
    rows: sql`select case_id as id, count(*) as n from reports group by 1`,
    takes: sql`behind.n > 0`,
  },
  {
    name: 'casePriority',
    says: 'cases whose priority differs from the weight of the current round of reports',
    of: sql`cases`,
    column: sql`priority`,
    rows: sql`
      select cases.id, sum(weight)::int as n from cases
      join reports on case_id = cases.id and reports.round = cases.round group by 1`,
    takes: sql`behind.n > 0`,
  },
];

/** Rows with a wrong count: `id`, what it `has`, and the right number, `n`. */
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
