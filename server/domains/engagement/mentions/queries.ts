import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { commentMentions } from '../../../schema/index.ts';

export async function findMentions(db: Db, commentId: string): Promise<string[]> {
  const rows = await db
    .select({ userId: commentMentions.userId })
    .from(commentMentions)
    .where(eq(commentMentions.commentId, commentId));
  return rows.map(({ userId }) => userId);
}

export async function insertMentions(db: Db, commentId: string, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db.insert(commentMentions).values(userIds.map((userId) => ({ commentId, userId })));
}

export async function deleteMentions(db: Db, commentId: string, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .delete(commentMentions)
    .where(and(eq(commentMentions.commentId, commentId), inArray(commentMentions.userId, userIds)));
}
