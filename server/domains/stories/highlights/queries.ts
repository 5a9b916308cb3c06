import { and, asc, eq, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf, newerThan, timeText } from '../../../core/lists.ts';
import { visibleStory } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { highlightStories, highlights, stories, users } from '../../../schema/index.ts';

export type HighlightRow = typeof highlights.$inferSelect;

/** The owner's highlight of that name, new or not; until the transaction ends nobody else changes it. */
export async function holdHighlight(db: Db, ownerId: string, name: string): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into ${highlights} (owner_id, name) values (${ownerId}, ${name})
    on conflict (owner_id, lower(name)) do update set owner_id = excluded.owner_id returning id`);
  return row!.id;
}

export const isIn = (db: Db, highlightId: string, storyId: string): Promise<boolean> =>
  db.$count(highlightStories, inHighlight(highlightId, storyId)).then((count) => count > 0);

export const countStories = (db: Db, highlightId: string): Promise<number> =>
  db.$count(highlightStories, eq(highlightStories.highlightId, highlightId));

export async function insertIntoHighlight(db: Db, highlightId: string, storyId: string): Promise<void> {
  await db.insert(highlightStories).values({ highlightId, storyId });
}

/** Removes the story from the highlights; a highlight left without stories is deleted. */
export async function removeFromHighlights(db: Db, ids: string[], storyId: string): Promise<void> {
  await db
    .delete(highlightStories)
    .where(and(isOneOf(highlightStories.highlightId, ids), eq(highlightStories.storyId, storyId)));
  await db
    .update(highlights)
    .set({ coverStoryId: null })
    .where(and(isOneOf(highlights.id, ids), eq(highlights.coverStoryId, storyId)));
  await db
    .delete(highlights)
    .where(
      and(
        isOneOf(highlights.id, ids),
        sql`not exists (select from ${highlightStories} where ${highlightStories.highlightId} = ${highlights.id})`,
      ),
    );
}

const inHighlight = (highlightId: string, storyId: string) =>
  and(eq(highlightStories.highlightId, highlightId), eq(highlightStories.storyId, storyId));

export async function updateHighlight(
  db: Db,
  id: string,
  change: Partial<Pick<HighlightRow, 'name' | 'coverStoryId'>>,
): Promise<void> {
  await db.update(highlights).set(change).where(eq(highlights.id, id));
}

export async function deleteHighlight(db: Db, id: string): Promise<void> {
  await db.delete(highlights).where(eq(highlights.id, id));
}

export async function findMediaIn(db: Db, highlightId: string): Promise<string[]> {
  const rows = await db
    .select({ mediaId: stories.mediaId })
    .from(highlightStories)
    .innerJoin(stories, eq(stories.id, highlightStories.storyId))
    .where(eq(highlightStories.highlightId, highlightId));
  return rows.flatMap(({ mediaId }) => mediaId ?? []);
}

/** Oldest first. */
export const findHighlightsOf = (db: Db, ownerId: string, after: Position | null, count: number) =>
  db
    .select({ id: highlights.id, at: timeText(highlights.createdAt) })
    .from(highlights)
    .where(and(eq(highlights.ownerId, ownerId), newerThan(after, highlights.createdAt, highlights.id)))
    .orderBy(asc(highlights.createdAt), asc(highlights.id))
    .limit(count);

/** For each of the highlights, the stories that the viewer may see, oldest first, and the photos for its cover. */
export const findShownIn = (db: Db, viewerId: string | null, ids: string[]) => {
  const oldestFirst = sql`order by ${stories.createdAt}, ${stories.id}`;
  return db
    .select({
      highlight: highlights,
      storyIds: sql<string[]>`json_agg(${stories.id} ${oldestFirst})`,
      firstMediaId: sql<string>`(array_agg(${stories.mediaId} ${oldestFirst}))[1]`,
      coverMediaId: sql<
        string | null
      >`(array_agg(${stories.mediaId}) filter (where ${stories.id} = ${highlights.coverStoryId}))[1]`,
    })
    .from(highlights)
    .innerJoin(highlightStories, eq(highlightStories.highlightId, highlights.id))
    .innerJoin(stories, eq(stories.id, highlightStories.storyId))
    .innerJoin(users, eq(users.id, stories.authorId))
    .where(and(isOneOf(highlights.id, ids), visibleStory(viewerId)))
    .groupBy(highlights.id);
};
