import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { posts } from './posts.ts';
import { users } from './users.ts';

export const likes = pgTable(
  'likes',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'likes_pkey', columns: [t.postId, t.userId] }),
    index('likes_post_idx').on(t.postId, t.createdAt, t.userId),
    index('likes_user_idx').on(t.userId, t.createdAt, t.postId),
  ],
);

export const comments = pgTable(
  'comments',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** For a reply: the comment it replies to, which is not a reply itself. */
    parentId: uuid('parent_id').references((): AnyPgColumn => comments.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    likeCount: integer('like_count').notNull().default(0),
    /** Counts replies that are neither deleted nor taken down. */
    replyCount: integer('reply_count').notNull().default(0),
    createdAt: createdAt(),
    editedAt: time('edited_at'),
    deletedAt: time('deleted_at'),
    takenDownAt: time('taken_down_at'),
  },
  (t) => [
    index('comments_post_idx')
      .on(t.postId, t.createdAt, t.id)
      .where(sql`${t.parentId} is null and ${t.deletedAt} is null`),
    index('comments_parent_idx').on(t.parentId, t.createdAt, t.id).where(sql`${t.parentId} is not null`),
    // Covers all comments, for the deletion of a post.
    index('comments_post_id_idx').on(t.postId),
    index('comments_author_idx').on(t.authorId, t.createdAt, t.id),
    index('comments_deleted_idx').on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    check('comments_parent_check', sql`${t.parentId} <> ${t.id}`),
    check('comments_counts_check', sql`least(${t.likeCount}, ${t.replyCount}) >= 0`),
  ],
);

/** Versions of a comment before its edits. */
export const commentEdits = pgTable(
  'comment_edits',
  {
    id: id(),
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    editedAt: time('edited_at').notNull().defaultNow(),
  },
  (t) => [index('comment_edits_comment_idx').on(t.commentId, t.editedAt)],
);

export const commentLikes = pgTable(
  'comment_likes',
  {
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'comment_likes_pkey', columns: [t.commentId, t.userId] }),
    index('comment_likes_user_idx').on(t.userId, t.createdAt, t.commentId),
  ],
);

/** Users whom the current version of a comment mentions. */
export const commentMentions = pgTable(
  'comment_mentions',
  {
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ name: 'comment_mentions_pkey', columns: [t.commentId, t.userId] }),
    index('comment_mentions_user_idx').on(t.userId),
  ],
);
