import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { withinTheLastMinute } from '../../core/duplicates.ts';
import { hydration } from '../../core/hydration.ts';
import { isOneOf, newerThan, olderThan, timeText } from '../../core/lists.ts';
import { holdStoriesWith } from '../../core/locks.ts';
import { avatarMedia, cardColumns, ofAvatar, ofUser } from '../../core/userColumns.ts';
import { type ViewerId, visibleStory } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { avatars, media, stories, storyReactions, storyViews, users } from '../../schema/index.ts';

export type StoryRow = typeof stories.$inferSelect;

type NewStoryRow = Pick<StoryRow, 'authorId' | 'caption' | 'visibility'> & { mediaId: string };

/** A duplicate: the same story by the same author, made a moment ago. */
export async function findDuplicate(db: Db, row: NewStoryRow): Promise<string | undefined> {
  const [duplicate] = await db
    .select({ id: stories.id })
    .from(stories)
    .where(
      and(
        eq(stories.authorId, row.authorId),
        withinTheLastMinute(stories.createdAt),
        isNull(stories.deletedAt),
        eq(stories.mediaId, row.mediaId),
        eq(stories.caption, row.caption),
        eq(stories.visibility, row.visibility),
      ),
    )
    .limit(1);
  return duplicate?.id;
}

export async function insertStory(db: Db, row: NewStoryRow, hours: number): Promise<string> {
  const expiresAt = sql`now() + ${hours} * interval '1 hour'`;
  const [story] = await db
    .insert(stories)
    .values({ ...row, expiresAt })
    .returning({ id: stories.id });
  return story!.id;
}

/** The stories that wait for the photograph; nobody else publishes or deletes them. */
export const holdWaitingStories = (db: Db, mediaId: string) =>
  holdStoriesWith(db, mediaId, isNull(stories.publishedAt));

/** Null when the story has been published or deleted before, or its photo is not ready. */
export async function publishStory(db: Db, storyId: string): Promise<StoryRow | null> {
  const isReady = sql`exists (select from ${media} where ${media.id} = ${stories.mediaId} and ${media.status} = 'completed')`;
  const [row] = await db
    .update(stories)
    .set({ publishedAt: sql`now()` })
    .where(and(eq(stories.id, storyId), isNull(stories.publishedAt), isNull(stories.deletedAt), isReady))
    .returning();
  return row ?? null;
}

/** Which stories a viewer may see: the rule of one list. */
export type StoryRule = (viewerId: ViewerId | null) => SQL;

/** Those of the stories that the rule admits, each with its author. */
export const findStories = hydration((db, viewerId, ids, rule: StoryRule) =>
  db
    .select({
      story: stories,
      author: cardColumns,
      isSeen: viewerId === null ? sql<boolean>`false` : isSeenBy(viewerId),
      reaction: viewerId === null ? sql<null>`null` : reactionOf(viewerId),
    })
    .from(stories)
    .innerJoin(users, eq(users.id, stories.authorId))
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(isOneOf(stories.id, ids), rule(viewerId)))
    .prepare('stories'),
);

/** Scalar subqueries: from an `exists` the planner may build a hash of everything that the viewer has seen. */
const isSeenBy = (viewerId: ViewerId) =>
  sql<boolean>`coalesce((select true from ${storyViews} where ${storyViews.storyId} = ${stories.id} and ${storyViews.viewerId} = ${viewerId}), false)`;

const reactionOf = (userId: ViewerId) =>
  sql<
    string | null
  >`(select ${storyReactions.emoji} from ${storyReactions} where ${storyReactions.storyId} = ${stories.id} and ${storyReactions.userId} = ${userId})`;

export async function findVisibleStory(
  db: Db,
  viewerId: string,
  storyId: string,
): Promise<StoryRow | undefined> {
  const [row] = await db
    .select({ story: stories })
    .from(stories)
    .innerJoin(users, eq(users.id, stories.authorId))
    .where(and(eq(stories.id, storyId), visibleStory(viewerId)));
  return row?.story;
}

export async function findStory(db: Db, storyId: string): Promise<StoryRow | undefined> {
  const [row] = await db.select().from(stories).where(eq(stories.id, storyId));
  return row;
}

export async function markDeleted(db: Db, storyId: string): Promise<void> {
  await db.update(stories).set({ deletedAt: sql`now()` }).where(eq(stories.id, storyId));
}

export async function detachMedia(db: Db, storyId: string): Promise<void> {
  await db.update(stories).set({ mediaId: null }).where(eq(stories.id, storyId));
}

export async function setTakenDown(db: Db, storyId: string, isTakenDown: boolean): Promise<void> {
  await db
    .update(stories)
    .set({ takenDownAt: isTakenDown ? sql`now()` : null })
    .where(eq(stories.id, storyId));
}

/** Active ones, oldest first: all last equally long, so they expire in the order in which they were created. */
export const findActiveStoriesOf = (db: Db, authorId: string, after: Position | null, count: number) =>
  db
    .select({ id: stories.id, at: timeText(stories.expiresAt) })
    .from(stories)
    .where(
      and(
        eq(stories.authorId, authorId),
        sql`${stories.expiresAt} > now()`,
        newerThan(after, stories.expiresAt, stories.id),
      ),
    )
    .orderBy(asc(stories.expiresAt), asc(stories.id))
    .limit(count);

/** Including expired ones, newest first. */
export const findAllStoriesOf = (db: Db, authorId: string, after: Position | null, count: number) =>
  db
    .select({ id: stories.id, at: timeText(stories.createdAt) })
    .from(stories)
    .where(and(eq(stories.authorId, authorId), olderThan(after, stories.createdAt, stories.id)))
    .orderBy(desc(stories.createdAt), desc(stories.id))
    .limit(count);
