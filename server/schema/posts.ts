import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { media } from './media.ts';
import { users } from './users.ts';

export const posts = pgTable(
  'posts',
  {
    id: id(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    caption: text('caption').notNull().default(''),
    visibility: text('visibility').$type<'public' | 'followers'>().notNull(),
    commentPolicy: text('comment_policy').$type<'everyone' | 'followers' | 'nobody'>().notNull(),
    likeCount: integer('like_count').notNull().default(0),
    commentCount: integer('comment_count').notNull().default(0),
    createdAt: createdAt(),
    editedAt: time('edited_at'),
    /** When all its photos were ready; until then only the author sees the post. */
    publishedAt: time('published_at'),
    deletedAt: time('deleted_at'),
    takenDownAt: time('taken_down_at'),
    /**
     * Ten times as many likes, a comment being two, are worth twelve and a half hours: the "hot" of Reddit
     * (github.com/reddit-archive/reddit, r2/r2/lib/db/_sorts.pyx). The logarithm is in steps of a tenth, so that few likes
     * move the post in the index.
     */
    exploreScore: doublePrecision('explore_score')
      .notNull()
      .generatedAlwaysAs(
        sql`round(10 * log((1 + like_count + 2 * comment_count)::float8)) / 10 + extract(epoch from created_at - '2026-01-01 00:00:00+00'::timestamptz)::float8 / 45000`,
      ),
  },
  (t) => [
    // Covers deleted posts too, for purging a user.
    index('posts_author_idx').on(t.authorId, t.createdAt, t.id),
    index('posts_explore_idx')
      .on(t.exploreScore, t.id)
      .where(
        sql`${t.visibility} = 'public' and ${t.deletedAt} is null and ${t.takenDownAt} is null and ${t.publishedAt} is not null`,
      ),
    index('posts_recent_idx').on(t.createdAt, t.id).where(sql`${t.deletedAt} is null`),
    index('posts_caption_idx').using('gin', sql`to_tsvector('simple', ${t.caption})`),
    index('posts_deleted_idx').on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    check('posts_visibility_check', sql`${t.visibility} in ('public', 'followers')`),
    check('posts_comment_policy_check', sql`${t.commentPolicy} in ('everyone', 'followers', 'nobody')`),
    check('posts_counts_check', sql`least(${t.likeCount}, ${t.commentCount}) >= 0`),
  ],
);

export const postMedia = pgTable(
  'post_media',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
    mediaId: uuid('media_id')
      .notNull()
      .references(() => media.id),
    /** Copied from the photograph. Null in posts of releases without it: then the photograph's own text is shown. */
    altText: text('alt_text'),
  },
  (t) => [
    primaryKey({ name: 'post_media_pkey', columns: [t.postId, t.position] }),
    uniqueIndex('post_media_media_key').on(t.mediaId, t.postId),
    check('post_media_position_check', sql`${t.position} between 0 and 9`),
  ],
);

/** Versions of a post before its edits. */
export const postEdits = pgTable(
  'post_edits',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    caption: text('caption').notNull(),
    visibility: text('visibility').notNull(),
    commentPolicy: text('comment_policy').notNull(),
    /** In order. */
    media: jsonb('media').$type<{ mediaId: string; altText: string }[]>().notNull().default([]),
    editedAt: time('edited_at').notNull().defaultNow(),
  },
  (t) => [index('post_edits_post_idx').on(t.postId, t.editedAt)],
);

export const bookmarks = pgTable(
  'bookmarks',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'bookmarks_pkey', columns: [t.userId, t.postId] }),
    index('bookmarks_user_idx').on(t.userId, t.createdAt, t.postId),
    index('bookmarks_post_idx').on(t.postId),
  ],
);

/** The different hashtags of each caption, in lower case, without the #. */
export const postHashtags = pgTable(
  'post_hashtags',
  {
    tag: text('tag').notNull(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    /** Copied from the post. */
    createdAt: time('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'post_hashtags_pkey', columns: [t.postId, t.tag] }),
    index('post_hashtags_tag_idx').on(t.tag.op('text_pattern_ops'), t.createdAt, t.postId),
  ],
);

/** Users whom the current caption mentions. */
export const postMentions = pgTable(
  'post_mentions',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ name: 'post_mentions_pkey', columns: [t.postId, t.userId] }),
    index('post_mentions_user_idx').on(t.userId),
  ],
);
