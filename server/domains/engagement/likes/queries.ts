import { and, desc, eq } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { likes } from '../../../schema/index.ts';

/** False when the user had already liked the post. */
export async function insertLike(db: Db, postId: string, userId: string): Promise<boolean> {
  const rows = await db
    .insert(likes)
    .values({ postId, userId })
    .onConflictDoNothing()
    .returning({ postId: likes.postId });
  return rows.length > 0;
}

/** False when there was no like. */
export async function deleteLike(db: Db, postId: string, userId: string): Promise<boolean> {
  const rows = await db
    .delete(likes)
    .where(and(eq(likes.postId, postId), eq(likes.userId, userId)))
    .returning({ postId: likes.postId });
  return rows.length > 0;
}

export const findLikes = (db: Db, postId: string, after: Position | null, count: number) =>
  db
    .select({ id: likes.userId, at: timeText(likes.createdAt), likedAt: likes.createdAt })
    .from(likes)
    .where(and(eq(likes.postId, postId), olderThan(after, likes.createdAt, likes.userId)))
    .orderBy(desc(likes.createdAt), desc(likes.userId))
    .limit(count);
