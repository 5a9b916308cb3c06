import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { users } from './users.ts';

const user = (name: string) =>
  uuid(name)
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const follows = pgTable(
  'follows',
  {
    followerId: user('follower_id'),
    followeeId: user('followee_id'),
    /** The followee is widely followed: their posts are merged when the follower's feed is read, not fanned out. */
    merged: boolean('merged').notNull().default(false),
    /** The follow began with an accepted request. */
    byRequest: boolean('by_request').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'follows_pkey', columns: [t.followerId, t.followeeId] }),
    index('follows_followee_idx').on(t.followeeId, t.createdAt, t.followerId),
    index('follows_follower_idx').on(t.followerId, t.createdAt, t.followeeId),
    index('follows_merged_idx').on(t.followerId, t.followeeId).where(sql`${t.merged}`),
    check('follows_self_check', sql`${t.followerId} <> ${t.followeeId}`),
  ],
);

export const followRequests = pgTable(
  'follow_requests',
  { requesterId: user('requester_id'), targetId: user('target_id'), createdAt: createdAt() },
  (t) => [
    primaryKey({ name: 'follow_requests_pkey', columns: [t.requesterId, t.targetId] }),
    index('follow_requests_target_idx').on(t.targetId, t.createdAt, t.requesterId),
    index('follow_requests_requester_idx').on(t.requesterId, t.createdAt, t.targetId),
    check('follow_requests_self_check', sql`${t.requesterId} <> ${t.targetId}`),
  ],
);

export const blocks = pgTable(
  'blocks',
  { blockerId: user('blocker_id'), blockedId: user('blocked_id'), createdAt: createdAt() },
  (t) => [
    primaryKey({ name: 'blocks_pkey', columns: [t.blockerId, t.blockedId] }),
    index('blocks_blocked_idx').on(t.blockedId, t.blockerId),
    index('blocks_blocker_idx').on(t.blockerId, t.createdAt, t.blockedId),
    check('blocks_self_check', sql`${t.blockerId} <> ${t.blockedId}`),
  ],
);

export const mutes = pgTable(
  'mutes',
  {
    muterId: user('muter_id'),
    mutedId: user('muted_id'),
    createdAt: createdAt(),
    expiresAt: time('expires_at'),
  },
  (t) => [
    primaryKey({ name: 'mutes_pkey', columns: [t.muterId, t.mutedId] }),
    index('mutes_muter_idx').on(t.muterId, t.createdAt, t.mutedId),
    index('mutes_muted_idx').on(t.mutedId, t.muterId),
    index('mutes_expires_idx').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    check('mutes_self_check', sql`${t.muterId} <> ${t.mutedId}`),
  ],
);

/** The audience of a user's close-friends stories; users are not notified that they are on it. */
export const closeFriends = pgTable(
  'close_friends',
  { ownerId: user('owner_id'), friendId: user('friend_id'), createdAt: createdAt() },
  (t) => [
    primaryKey({ name: 'close_friends_pkey', columns: [t.ownerId, t.friendId] }),
    index('close_friends_owner_idx').on(t.ownerId, t.createdAt, t.friendId),
    index('close_friends_friend_idx').on(t.friendId),
    check('close_friends_self_check', sql`${t.ownerId} <> ${t.friendId}`),
  ],
);
