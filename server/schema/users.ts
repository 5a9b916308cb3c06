import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: id(),
    handle: text('handle').notNull(),
    email: text('email').notNull(),
    displayName: text('display_name').notNull(),
    bio: text('bio').notNull().default(''),
    isPrivate: boolean('is_private').notNull().default(false),
    discoverable: boolean('discoverable').notNull().default(true),
    /** 0 New, 1 Basic, 2 Trusted, 3 Verified. */
    trustLevel: smallint('trust_level').notNull().default(0),
    /** Sum of the user's rows in `trust_points`; may be below 0. */
    trustPoints: integer('trust_points').notNull().default(0),
    followerCount: integer('follower_count').notNull().default(0),
    followingCount: integer('following_count').notNull().default(0),
    postCount: integer('post_count').notNull().default(0),
    /** Posts of a widely followed author are merged when a feed is read instead of being fanned out. */
    widelyFollowed: boolean('widely_followed').notNull().default(false),
    createdAt: createdAt(),
    deletedAt: time('deleted_at'),
    bannedUntil: time('banned_until'),
  },
  (t) => [
    uniqueIndex('users_handle_key').on(sql`lower(${t.handle})`),
    uniqueIndex('users_email_key').on(sql`lower(${t.email})`),
    index('users_handle_prefix_idx').on(sql`lower(${t.handle}) text_pattern_ops`),
    index('users_handle_trigram_idx').using('gin', sql`lower(${t.handle}) gin_trgm_ops`),
    index('users_name_trigram_idx').using('gin', sql`lower(${t.displayName}) gin_trgm_ops`),
    index('users_name_prefix_idx').on(sql`lower(${t.displayName}) text_pattern_ops`),
    index('users_last_name_prefix_idx').on(
      sql`substring(lower(${t.displayName}) from '[^ ]*$') text_pattern_ops`,
    ),
    index('users_created_idx').on(t.createdAt, t.id),
    index('users_deleted_idx').on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    check('users_trust_level_check', sql`${t.trustLevel} between 0 and 3`),
    check('users_counts_check', sql`least(${t.followerCount}, ${t.followingCount}, ${t.postCount}) >= 0`),
  ],
);

/** Every handle that anybody has ever had, in lower case: none is given to a second user. */
export const handles = pgTable(
  'handles',
  {
    handle: text('handle').primaryKey(),
    userId: uuid('user_id').notNull(),
    takenAt: time('taken_at').notNull().defaultNow(),
  },
  (t) => [index('handles_user_idx').on(t.userId, t.takenAt)],
);

/** Earlier handles of users: a handle can be changed at most twice in 30 days. */
export const handleChanges = pgTable(
  'handle_changes',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The previous handle. */
    handle: text('handle').notNull(),
    changedAt: time('changed_at').notNull().defaultNow(),
  },
  (t) => [index('handle_changes_user_idx').on(t.userId, t.changedAt)],
);

export const userSettings = pgTable('user_settings', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Who may cause a notification, by kind; absent kinds have their default. */
  notifications: jsonb('notifications').$type<Record<string, string>>().notNull().default({}),
  commentPolicy: text('comment_policy').notNull().default('everyone'),
  storyAudience: text('story_audience').notNull().default('friends'),
});
