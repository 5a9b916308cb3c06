import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { postHashtags, postMentions } from '../../../schema/index.ts';

export async function replaceHashtags(
  db: Db,
  { id: postId, createdAt }: { id: string; createdAt: Date },
  tags: string[],
): Promise<void> {
  await db.delete(postHashtags).where(eq(postHashtags.postId, postId));
  if (tags.length) await db.insert(postHashtags).values(tags.map((tag) => ({ tag, postId, createdAt })));
}

export async function findMentions(db: Db, postId: string): Promise<string[]> {
  const rows = await db
    .select({ userId: postMentions.userId })
    .from(postMentions)
    .where(eq(postMentions.postId, postId));
  return rows.map(({ userId }) => userId);
}

export async function insertMentions(db: Db, postId: string, userIds: string[]): Promise<void> {
  if (userIds.length) await db.insert(postMentions).values(userIds.map((userId) => ({ postId, userId })));
}

export async function deleteMentions(db: Db, postId: string, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .delete(postMentions)
    .where(and(eq(postMentions.postId, postId), inArray(postMentions.userId, userIds)));
}

/** Newest first. Does not check visibility. */
export const findPostsTagged = (db: Db, tag: string, after: Position | null, count: number) =>
  db
    .select({ id: postHashtags.postId, at: timeText(postHashtags.createdAt) })
    .from(postHashtags)
    .where(and(eq(postHashtags.tag, tag), olderThan(after, postHashtags.createdAt, postHashtags.postId)))
    .orderBy(desc(postHashtags.createdAt), desc(postHashtags.postId))
    .limit(count);
