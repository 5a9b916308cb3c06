import { eq, sql } from 'drizzle-orm';
import { isOneOf } from '../../../core/lists.ts';
import { freeRows } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { stories, storyReactions, storyViews } from '../../../schema/index.ts';

export async function findStoriesBy(db: Db, authorId: string, count: number): Promise<string[]> {
  const rows = await db
    .select({ id: stories.id })
    .from(stories)
    .where(eq(stories.authorId, authorId))
    .limit(count);
  return rows.map(({ id }) => id);
}

/** Deletes up to `count` views of the stories; returns the story of each. */
export async function deleteViewsOf(db: Db, storyIds: string[], count: number): Promise<string[]> {
  const some = freeRows(storyViews, isOneOf(storyViews.storyId, storyIds), count);
  const rows = await db
    .delete(storyViews)
    .where(sql`${storyViews}.ctid = any(array(${some}))`)
    .returning({ id: storyViews.storyId });
  return rows.map(({ id }) => id);
}

/** Deletes up to `count` views by the user; returns the story of each. */
export async function deleteViewsBy(db: Db, viewerId: string, count: number): Promise<string[]> {
  const some = freeRows(storyViews, eq(storyViews.viewerId, viewerId), count);
  const rows = await db
    .delete(storyViews)
    .where(sql`${storyViews}.ctid = any(array(${some}))`)
    .returning({ id: storyViews.storyId });
  return rows.map(({ id }) => id);
}

export async function addToViewCount(db: Db, storyId: string, change: number): Promise<void> {
  await db
    .update(stories)
    .set({ viewCount: sql`${stories.viewCount} + ${change}` })
    .where(eq(stories.id, storyId));
}

/** Deletes up to `count` reactions by the user; returns the story and its author for each. */
export async function deleteReactionsBy(db: Db, userId: string, count: number) {
  const rows = await db.execute<{ storyId: string; authorId: string }>(sql`
    delete from ${storyReactions} using ${stories}
    where ${stories.id} = ${storyReactions.storyId} and ${storyReactions}.ctid = any(array(
      ${freeRows(storyReactions, eq(storyReactions.userId, userId), count)}))
    returning ${stories.id} as "storyId", ${stories.authorId} as "authorId"`);
  return [...rows];
}

export async function deleteStories(db: Db, ids: string[]): Promise<void> {
  await db.delete(stories).where(isOneOf(stories.id, ids));
}
