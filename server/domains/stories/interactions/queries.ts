import { and, desc, eq, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { storyReactions, storyViews } from '../../../schema/index.ts';

export async function hasSeen(db: Db, storyId: string, viewerId: string): Promise<boolean> {
  const rows = await db
    .select({ at: storyViews.createdAt })
    .from(storyViews)
    .where(and(eq(storyViews.storyId, storyId), eq(storyViews.viewerId, viewerId)));
  return rows.length > 0;
}

/** False when the viewer had seen it already. */
export async function insertView(db: Db, storyId: string, viewerId: string): Promise<boolean> {
  const rows = await db
    .insert(storyViews)
    .values({ storyId, viewerId })
    .onConflictDoNothing()
    .returning({ storyId: storyViews.storyId });
  return rows.length > 0;
}

/** Newest first. */
export const findViewers = (db: Db, storyId: string, after: Position | null, count: number) =>
  db
    .select({ id: storyViews.viewerId, at: timeText(storyViews.createdAt), seenAt: storyViews.createdAt })
    .from(storyViews)
    .where(and(eq(storyViews.storyId, storyId), olderThan(after, storyViews.createdAt, storyViews.viewerId)))
    .orderBy(desc(storyViews.createdAt), desc(storyViews.viewerId))
    .limit(count);

/** The user's views, newest first. */
export const findViewsBy = (db: Db, viewerId: string, after: Position | null, count: number) =>
  db
    .select({ id: storyViews.storyId, at: timeText(storyViews.createdAt), seenAt: storyViews.createdAt })
    .from(storyViews)
    .where(and(eq(storyViews.viewerId, viewerId), olderThan(after, storyViews.createdAt, storyViews.storyId)))
    .orderBy(desc(storyViews.createdAt), desc(storyViews.storyId))
    .limit(count);

/** Replaces an earlier reaction; false when it was the same. */
export async function writeReaction(
  db: Db,
  storyId: string,
  userId: string,
  emoji: string,
): Promise<boolean> {
  const rows = await db
    .insert(storyReactions)
    .values({ storyId, userId, emoji })
    .onConflictDoUpdate({
      target: [storyReactions.storyId, storyReactions.userId],
      set: { emoji, createdAt: sql`now()` },
      setWhere: sql`${storyReactions.emoji} <> excluded.emoji`,
    })
    .returning({ storyId: storyReactions.storyId });
  return rows.length > 0;
}

/** False when there was no reaction. */
export async function deleteReaction(db: Db, storyId: string, userId: string): Promise<boolean> {
  const rows = await db
    .delete(storyReactions)
    .where(and(eq(storyReactions.storyId, storyId), eq(storyReactions.userId, userId)))
    .returning({ storyId: storyReactions.storyId });
  return rows.length > 0;
}

/** Newest first. */
export const findReactions = (db: Db, storyId: string, after: Position | null, count: number) =>
  db
    .select({
      id: storyReactions.userId,
      at: timeText(storyReactions.createdAt),
      emoji: storyReactions.emoji,
      reactedAt: storyReactions.createdAt,
    })
    .from(storyReactions)
    .where(
      and(
        eq(storyReactions.storyId, storyId),
        olderThan(after, storyReactions.createdAt, storyReactions.userId),
      ),
    )
    .orderBy(desc(storyReactions.createdAt), desc(storyReactions.userId))
    .limit(count);

/** Most frequent first. */
export const countReactions = (db: Db, storyId: string) =>
  db
    .select({ emoji: storyReactions.emoji, count: sql<number>`count(*)::int` })
    .from(storyReactions)
    .where(eq(storyReactions.storyId, storyId))
    .groupBy(storyReactions.emoji)
    .orderBy(sql`count(*) desc`, storyReactions.emoji);

/** The user's reactions, newest first. */
export const findReactionsBy = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({
      id: storyReactions.storyId,
      at: timeText(storyReactions.createdAt),
      emoji: storyReactions.emoji,
      reactedAt: storyReactions.createdAt,
    })
    .from(storyReactions)
    .where(
      and(
        eq(storyReactions.userId, userId),
        olderThan(after, storyReactions.createdAt, storyReactions.storyId),
      ),
    )
    .orderBy(desc(storyReactions.createdAt), desc(storyReactions.storyId))
    .limit(count);
