import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { commentLikes, comments } from '../../../schema/index.ts';

/** False when the user had already liked the comment. */
export async function insertCommentLike(db: Db, commentId: string, userId: string): Promise<boolean> {
  const rows = await db
    .insert(commentLikes)
    .values({ commentId, userId })
    .onConflictDoNothing()
    .returning({ commentId: commentLikes.commentId });
  return rows.length > 0;
}

/** False when there was no like. */
export async function deleteCommentLike(db: Db, commentId: string, userId: string): Promise<boolean> {
  const rows = await db
    .delete(commentLikes)
    .where(and(eq(commentLikes.commentId, commentId), eq(commentLikes.userId, userId)))
    .returning({ commentId: commentLikes.commentId });
  return rows.length > 0;
}

/** Returns the new count. */
export async function addToLikeCount(db: Db, commentId: string, change: number): Promise<number> {
  const [row] = await db
    .update(comments)
    .set({ likeCount: sql`${comments.likeCount} + ${change}` })
    .where(eq(comments.id, commentId))
    .returning({ likeCount: comments.likeCount });
  return row!.likeCount;
}
