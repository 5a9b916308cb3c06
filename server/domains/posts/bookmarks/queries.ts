import { and, desc, eq } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { bookmarks } from '../../../schema/index.ts';

export async function insertBookmark(db: Db, userId: string, postId: string): Promise<void> {
  await db.insert(bookmarks).values({ userId, postId }).onConflictDoNothing();
}

export async function deleteBookmark(db: Db, userId: string, postId: string): Promise<void> {
  await db.delete(bookmarks).where(and(eq(bookmarks.userId, userId), eq(bookmarks.postId, postId)));
}

export const findBookmarks = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({ id: bookmarks.postId, at: timeText(bookmarks.createdAt), bookmarkedAt: bookmarks.createdAt })
    .from(bookmarks)
    .where(and(eq(bookmarks.userId, userId), olderThan(after, bookmarks.createdAt, bookmarks.postId)))
    .orderBy(desc(bookmarks.createdAt), desc(bookmarks.postId))
    .limit(count);
