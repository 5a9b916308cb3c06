import { and, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { isOneOf } from '../../../core/lists.ts';
import { freeRows } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { commentLikes, comments, likes, posts } from '../../../schema/index.ts';
import type { CommentRow } from '../comments/queries.ts';

const inOrder = <Row>(rows: Row[], key: (row: Row) => string): Row[] =>
  rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** In the order in which posts are locked. */
export async function findLikedPosts(db: Db, userId: string, count: number) {
  const rows = await db
    .select({ postId: likes.postId, authorId: posts.authorId })
    .from(likes)
    .innerJoin(posts, eq(posts.id, likes.postId))
    .where(eq(likes.userId, userId))
    .limit(count);
  return inOrder(rows, ({ postId }) => postId);
}

/** Comments that are not deleted, in the order in which posts are locked. */
export async function findActiveCommentsOf(db: Db, userId: string, count: number): Promise<CommentRow[]> {
  const rows = await db
    .select()
    .from(comments)
    .where(and(eq(comments.authorId, userId), isNull(comments.deletedAt)))
    .limit(count);
  return inOrder(rows, ({ postId, id }) => `${postId} ${id}`);
}

/**
 * Comments under the posts that are not deleted, in the order in which posts are locked. All replies come before the
 * comments they reply to.
 */
export async function findActiveCommentsUnder(
  db: Db,
  postIds: string[],
  count: number,
): Promise<CommentRow[]> {
  const under = (level: SQL) =>
    db
      .select()
      .from(comments)
      .where(and(isOneOf(comments.postId, postIds), isNull(comments.deletedAt), level))
      .limit(count);
  const replies = await under(isNotNull(comments.parentId));
  const rows = replies.length > 0 ? replies : await under(isNull(comments.parentId));
  return inOrder(rows, ({ postId, id }) => `${postId} ${id}`);
}

/** In the order in which comments are locked. */
export async function findLikedComments(db: Db, userId: string, count: number) {
  const rows = await db
    .select({ commentId: commentLikes.commentId, authorId: comments.authorId })
    .from(commentLikes)
    .innerJoin(comments, eq(comments.id, commentLikes.commentId))
    .where(eq(commentLikes.userId, userId))
    .limit(count);
  return inOrder(rows, ({ commentId }) => commentId);
}

/** Deletes up to `count` likes of the posts; returns how many of each post. */
export async function deleteLikesOf(db: Db, postIds: string[], count: number): Promise<Map<string, number>> {
  const some = freeRows(likes, isOneOf(likes.postId, postIds), count);
  const rows = await db
    .delete(likes)
    .where(sql`${likes}.ctid = any(array(${some}))`)
    .returning({ postId: likes.postId });
  const counts = new Map<string, number>();
  for (const { postId } of rows) counts.set(postId, (counts.get(postId) ?? 0) + 1);
  return counts;
}

/** Purges up to `count` comments deleted before that time, with the rows that depend on them; returns how many. */
export async function deleteDeletedComments(db: Db, before: Date, count: number): Promise<number> {
  const some = freeRows(comments, lte(comments.deletedAt, before), count);
  const rows = await db
    .delete(comments)
    .where(sql`${comments}.ctid = any(array(${some}))`)
    .returning({ id: comments.id });
  return rows.length;
}
