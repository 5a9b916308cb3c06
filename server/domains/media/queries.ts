import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { hydration } from '../../core/hydration.ts';
import { isOneOf, olderThan, timeText } from '../../core/lists.ts';
import { holdFreeMedia } from '../../core/locks.ts';
import { visibleMedia } from '../../core/mediaVisibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { avatars, media, postMedia, posts, retainedPlaces, stories } from '../../schema/index.ts';

export type MediaRow = typeof media.$inferSelect;

export async function findOwnMedia(db: Db, ownerId: string, id: string): Promise<MediaRow | undefined> {
  const [row] = await db
    .select()
    .from(media)
    .where(and(eq(media.id, id), eq(media.ownerId, ownerId)));
  return row;
}

export async function isVisibleMedia(db: Db, viewerId: string | null, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.id, id), visibleMedia(viewerId)));
  return rows.length > 0;
}

const shownColumns = {
  id: media.id,
  ownerId: media.ownerId,
  status: media.status,
  failure: media.failure,
  keptUntil: media.keptUntil,
  altText: media.altText,
  area: media.area,
  folder: media.folder,
  variants: media.variants,
  addedVariants: media.addedVariants,
  addedPlace: media.addedPlace,
  isHdr: media.isHdr,
  width: media.width,
  height: media.height,
  thumbhash: media.thumbhash,
  dominantColor: media.dominantColor,
  camera: media.camera,
  shownCameraFields: media.shownCameraFields,
  copyright: media.copyright,
  creator: media.creator,
  license: media.license,
  noAi: media.noAi,
};

export type ShownMediaRow = Pick<MediaRow, keyof typeof shownColumns>;

/** What everybody is shown. Does not check visibility. */
export const findShownMedia = hydration((db, _viewerId, ids) =>
  db.select(shownColumns).from(media).where(isOneOf(media.id, ids)).prepare('media'),
);

export async function findMedia(db: Db, ids: string[]): Promise<MediaRow[]> {
  return ids.length === 0 ? [] : db.select().from(media).where(isOneOf(media.id, ids));
}

export const findOwnMediaIds = (db: Db, ownerId: string, after: Position | null, count: number) =>
  db
    .select({ id: media.id, at: timeText(media.createdAt) })
    .from(media)
    .where(and(eq(media.ownerId, ownerId), olderThan(after, media.createdAt, media.id)))
    .orderBy(desc(media.createdAt), desc(media.id))
    .limit(count);

interface Uses {
  postIds: string[];
  storyIds: string[];
  isAvatar: boolean;
}

/** Posts and stories that show each of the media, and whether it is an avatar; unused media are left out. */
export async function findUses(db: Db, ids: string[]): Promise<Map<string, Uses>> {
  const uses = new Map<string, Uses>();
  if (ids.length === 0) return uses;
  const of = (id: string) => uses.get(id) ?? { postIds: [], storyIds: [], isAvatar: false };
  const inPosts = await db
    .select({ id: postMedia.mediaId, postId: postMedia.postId })
    .from(postMedia)
    .innerJoin(posts, eq(posts.id, postMedia.postId))
    .where(and(isOneOf(postMedia.mediaId, ids), isNull(posts.deletedAt)))
    .orderBy(desc(posts.id));
  for (const { id, postId } of inPosts) uses.set(id, { ...of(id), postIds: [...of(id).postIds, postId] });
  const inStories = await db
    .select({ id: sql<string>`${stories.mediaId}`, storyId: stories.id })
    .from(stories)
    .where(and(isOneOf(stories.mediaId, ids), isNull(stories.deletedAt)))
    .orderBy(desc(stories.id));
  for (const { id, storyId } of inStories)
    uses.set(id, { ...of(id), storyIds: [...of(id).storyIds, storyId] });
  const asAvatars = await db
    .select({ id: avatars.mediaId })
    .from(avatars)
    .where(isOneOf(avatars.mediaId, ids));
  for (const { id } of asAvatars) uses.set(id, { ...of(id), isAvatar: true });
  return uses;
}

/** The number of posts and stories that show the photo. */
export const countUses = async (db: Db, mediaId: string): Promise<number> =>
  (await db.$count(postMedia, eq(postMedia.mediaId, mediaId))) +
  (await db.$count(stories, eq(stories.mediaId, mediaId)));

type MediaChange = Partial<Omit<MediaRow, 'keptUntil'>> & { keptUntil?: SQL | null };

/** False when the row no longer meets the condition. */
export async function updateMedia(
  db: Db,
  id: string,
  condition: SQL | undefined,
  set: MediaChange,
): Promise<boolean> {
  const rows = await db
    .update(media)
    .set({ ...set, ...(set.status ? { statusChangedAt: sql`now()` } : {}) })
    .where(and(eq(media.id, id), condition))
    .returning({ id: media.id });
  return rows.length > 0;
}

export const hasStatus = (...statuses: MediaRow['status'][]) => inArray(media.status, statuses);

/** Failed, but not by a fault of its file, which is kept for another try. */
export const isKept = () => and(hasStatus('failed'), sql`${media.keptUntil} > now()`);

/** Processing may begin: it never has, or failed without a fault of the file. */
export const isStartable = () => or(hasStatus('pending'), isKept());

export const isAttempt = (attempt: number) => and(hasStatus('processing'), eq(media.attempt, attempt));

/** Returns the places that had been retained; they no longer are. */
export async function deleteRetainedPlaces(db: Db, mediaIds: string[]): Promise<string[]> {
  const rows = await db
    .delete(retainedPlaces)
    .where(isOneOf(retainedPlaces.mediaId, mediaIds))
    .returning({ place: retainedPlaces.place });
  return rows.map(({ place }) => place);
}

export const deleteMedia = (db: Db, ids: string[]) => db.delete(media).where(isOneOf(media.id, ids));

/** Those that no post or story, deleted or not, and no avatar refers to. */
export async function withoutUse(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(isOneOf(media.id, ids), isUnused));
  return rows.map(({ id }) => id);
}

export async function findUnusedOf(db: Db, ownerId: string, count: number): Promise<string[]> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.ownerId, ownerId), isUnused))
    .limit(count);
  return rows.map(({ id }) => id);
}

const isUnused = sql`(
  not exists (select from ${postMedia} where ${postMedia.mediaId} = ${media.id})
  and not exists (select from ${avatars} where ${avatars.mediaId} = ${media.id})
  and not exists (select from ${stories} where ${stories.mediaId} = ${media.id})
)`;

/** Announced, and not uploaded within a day after the ticket ended. */
export const holdAbandoned = (db: Db, count: number) =>
  holdFreeMedia(
    db,
    and(hasStatus('pending'), sql`${media.uploadExpiresAt} < now() - interval '1 day'`),
    count,
  );

/** How long the photo that waits longest to be processed has waited, seconds; 0 when none waits. Wherever its job is. */
export async function longestWait(db: Db): Promise<number> {
  const [row] = await db
    .select({ seconds: sql<number>`extract(epoch from now() - min(${media.statusChangedAt}))::float8` })
    .from(media)
    .where(hasStatus('uploaded', 'processing'));
  return row?.seconds ?? 0;
}
