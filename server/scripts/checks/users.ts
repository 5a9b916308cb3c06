import { type SQL, sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** Rows between two users of whom one blocks the other. */
const acrossBlock = (table: SQL, one: SQL, other: SQL): SQL => sql`
  select ${one} || ' ' || ${other} as id from ${table} join blocks
    on (blocker_id, blocked_id) in ((${one}, ${other}), (${other}, ${one}))`;

/** Deleted users, with no job left that removes their follows, blocks and mutes. */
const hasLeft = sql`deleted_at is not null and not exists (
  select from jobs where kind = 'account.leave' and dead_at is null and body ->> 'userId' = users.id::text)`;

export const userChecks: Check[] = [
  {
    name: 'followAcrossBlock',
    says: 'follows across a block',
    broken: acrossBlock(sql`follows`, sql`follower_id`, sql`followee_id`),
  },
  {
    name: 'requestAcrossBlock',
    says: 'follow requests across a block',
    broken: acrossBlock(sql`follow_requests`, sql`requester_id`, sql`target_id`),
  },
  {
    name: 'closeFriendAcrossBlock',
    says: 'close friends across a block',
    broken: acrossBlock(sql`close_friends`, sql`owner_id`, sql`friend_id`),
  },
  {
    name: 'requestBesideFollow',
    says: 'follow requests of users who follow already',
    broken: sql`
      select requester_id || ' ' || target_id as id from follow_requests
      join follows on follower_id = requester_id and followee_id = target_id`,
  },
  {
    name: 'blockBothWays',
    says: 'pairs of users who block each other, though a block hides one from the other',
    broken: sql`
      select one.blocker_id || ' ' || one.blocked_id as id from blocks one
      join blocks other on other.blocker_id = one.blocked_id and other.blocked_id = one.blocker_id
      where one.blocker_id < one.blocked_id`,
  },
  {
    name: 'followNotMerged',
    says: 'followers of a widely followed user who still expect fan-out',
    broken: sql`
      select follower_id || ' ' || followee_id as id from follows join users on users.id = followee_id
      where widely_followed and not merged`,
  },
  {
    name: 'feedEntryOfNobodyFollowed',
    says: 'feed entries of readers who do not follow the author',
    broken: sql`
      select distinct reader_id || ' ' || author_id as id from feed_entries
      where not exists (select from follows where follower_id = reader_id and followee_id = author_id)`,
  },
  {
    name: 'feedEntryMisplaced',
    says: 'feed entries whose author or time differs from the post',
    broken: sql`
      select reader_id || ' ' || post_id as id from feed_entries join posts on posts.id = post_id
      where (feed_entries.author_id, feed_entries.created_at) <> (posts.author_id, posts.created_at)`,
  },
  {
    name: 'handleNotKept',
    says: 'users whose handle is not reserved for them',
    broken: sql`
      select users.id || ' ' || users.handle as id from users left join handles on handles.handle = lower(users.handle)
      where handles.user_id is distinct from users.id`,
  },
  {
    name: 'sessionOfDeleted',
    says: 'active sessions of deleted users',
    broken: sql`
      select sessions.id::text as id from sessions join users on users.id = sessions.user_id
      where revoked_at is null and ${hasLeft}`,
  },
  {
    name: 'tieOfDeleted',
    says: 'follows, requests, blocks, mutes and close friends of deleted users',
    broken: sql`
      select one || ' ' || other as id from (
        select follower_id, followee_id from follows
        union all select requester_id, target_id from follow_requests
        union all select blocker_id, blocked_id from blocks
        union all select muter_id, muted_id from mutes
        union all select owner_id, friend_id from close_friends
      ) ties (one, other) join users on users.id in (one, other) where ${hasLeft}`,
  },
  {
    name: 'inviteOfOneself',
    says: 'users who joined with their own invite',
    broken: sql`
      select user_id || ' ' || code as id from invite_redemptions join invites using (code) where inviter_id = user_id`,
  },
];
