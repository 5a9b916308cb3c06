import { lte, sql } from 'drizzle-orm';
import { isOneOf } from '../../core/lists.ts';
import { freeRows } from '../../core/locks.ts';
import type { Db } from '../../infra/db/db.ts';
import { comments, likes } from '../../schema/index.ts';

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
