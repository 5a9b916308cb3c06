import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { withinTheLastMinute } from '../../core/duplicates.ts';
import { hydration } from '../../core/hydration.ts';
import { isOneOf, olderThan, timeText } from '../../core/lists.ts';
import { holdPostsWith } from '../../core/locks.ts';
import { hasUnmarkedPhoto, shownInPost } from '../../core/marks.ts';
import { avatarMedia, cardColumns, ofAvatar, ofUser } from '../../core/userColumns.ts';
import { type ViewerId, visiblePost } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { avatars, bookmarks, likes, media, postEdits, postMedia, posts, users } from '../../schema/index.ts';

export type PostRow = typeof posts.$inferSelect;
type NewPostRow = Pick<PostRow, 'authorId' | 'caption' | 'visibility' | 'commentPolicy'>;

/** A duplicate: an active post by the same author with the same photos in the same order and the same texts, made a moment ago. */
export async function findDuplicate(
  db: Db,
  row: NewPostRow,
  mediaIds: string[],
): Promise<string | undefined> {
  const shown = sql`array(
    select ${postMedia.mediaId} from ${postMedia} where ${postMedia.postId} = ${posts.id} order by ${postMedia.position}
  )`;
  const [duplicate] = await db
    .select({ id: posts.id })
    .from(posts)
    .where(
      and(
        eq(posts.authorId, row.authorId),
        withinTheLastMinute(posts.createdAt),
        isNull(posts.deletedAt),
        eq(posts.caption, row.caption),
        eq(posts.visibility, row.visibility),
        eq(posts.commentPolicy, row.commentPolicy),
        sql`${shown} = ${`{${mediaIds.join(',')}}`}::text::uuid[]`,
      ),
    )
    .limit(1);
  return duplicate?.id;
}

export async function insertPost(db: Db, row: NewPostRow, media: PostMedium[]): Promise<PostRow> {
  const [post] = await db.insert(posts).values(row).returning();
  await insertPostMedia(db, post!.id, media);
  return post!;
}

async function insertPostMedia(db: Db, postId: string, media: PostMedium[]): Promise<void> {
  await db.insert(postMedia).values(media.map((medium, position) => ({ postId, position, ...medium })));
}

const shownAltText = sql<string>`coalesce(${postMedia.altText}, ${media.altText})`;

/** The columns that a list of posts needs. */
const shownColumns = {
  id: posts.id,
  caption: posts.caption,
  visibility: posts.visibility,
  commentPolicy: posts.commentPolicy,
  likeCount: posts.likeCount,
  commentCount: posts.commentCount,
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  publishedAt: posts.publishedAt,
  takenDownAt: posts.takenDownAt,
};

/** Which posts a viewer may see: the rule of one list. */
export type PostRule = (viewerId: ViewerId | null) => SQL;

/** Those of the posts that the rule admits, each with its author. */
export const findPosts = hydration((db, viewerId, ids, rule: PostRule) =>
  db
    .select({
      post: shownColumns,
      author: cardColumns,
      // As JSON: the driver does not know array types.
      media: sql<PostMedium[]>`to_json(array(
        select json_build_object('mediaId', ${postMedia.mediaId}, 'altText', ${shownAltText}) from ${postMedia} join ${media} on ${media.id} = ${postMedia.mediaId}
        where ${postMedia.postId} = ${posts.id} and ${shownInPost(viewerId)} order by ${postMedia.position}
      ))`,
      // The rule has decided it for everybody else.
      isShown:
        viewerId === null
          ? sql<boolean>`true`
          : sql<boolean>`case when ${posts.authorId} = ${viewerId} then ${hasUnmarkedPhoto()} else true end`,
      isLiked: viewerId === null ? sql<boolean>`false` : isMarkedBy(likes, viewerId),
      isBookmarked: viewerId === null ? sql<boolean>`false` : isMarkedBy(bookmarks, viewerId),
    })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(isOneOf(posts.id, ids), rule(viewerId)))
    .prepare('posts'),
);

/** A scalar subquery: from an `exists` the planner may build a hash of everything that the viewer has marked. */
const isMarkedBy = (table: typeof likes | typeof bookmarks, viewerId: ViewerId) =>
  sql<boolean>`coalesce((select true from ${table} where ${table.postId} = ${posts.id} and ${table.userId} = ${viewerId}), false)`;

export async function findVisiblePost(
  db: Db,
  viewerId: string | null,
  postId: string,
): Promise<PostRow | undefined> {
  const [row] = await db
    .select({ post: posts })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(eq(posts.id, postId), visiblePost(viewerId)));
  return row?.post;
}

/** The posts that wait for the photograph; nobody else publishes, edits or deletes them. */
export const holdWaitingPosts = (db: Db, mediaId: string) =>
  holdPostsWith(db, mediaId, and(isNull(posts.publishedAt), isNull(posts.deletedAt)));

/** Null when the post has been published or deleted before, or waits for a photo. */
export async function publishPost(db: Db, postId: string): Promise<PostRow | null> {
  const waits = sql`exists (
    select from ${postMedia} join ${media} on ${media.id} = ${postMedia.mediaId}
    where ${postMedia.postId} = ${posts.id} and ${media.status} <> 'completed'
  )`;
  const [row] = await db
    .update(posts)
    .set({ publishedAt: sql`now()` })
    .where(and(eq(posts.id, postId), isNull(posts.publishedAt), isNull(posts.deletedAt), sql`not ${waits}`))
    .returning();
  return row ?? null;
}

export interface PostMedium {
  mediaId: string;
  altText: string;
}

/** In order. */
export const findMediaOfPost = (db: Db, postId: string): Promise<PostMedium[]> =>
  db
    .select({ mediaId: postMedia.mediaId, altText: shownAltText })
    .from(postMedia)
    .innerJoin(media, eq(media.id, postMedia.mediaId))
    .where(eq(postMedia.postId, postId))
    .orderBy(asc(postMedia.position));

/** Those of the post's photos that failed. */
export async function findFailedOfPost(db: Db, postId: string): Promise<Set<string>> {
  const rows = await db
    .select({ mediaId: postMedia.mediaId })
    .from(postMedia)
    .innerJoin(media, eq(media.id, postMedia.mediaId))
    .where(and(eq(postMedia.postId, postId), eq(media.status, 'failed')));
  return new Set(rows.map(({ mediaId }) => mediaId));
}

export async function insertEdit(db: Db, before: PostRow, media: PostMedium[]): Promise<void> {
  const { id: postId, caption, visibility, commentPolicy } = before;
  await db.insert(postEdits).values({ postId, caption, visibility, commentPolicy, media });
}

export async function updatePost(
  db: Db,
  postId: string,
  change: Partial<Pick<PostRow, 'caption' | 'visibility' | 'commentPolicy'>>,
): Promise<void> {
  await db
    .update(posts)
    .set({ ...change, editedAt: sql`now()` })
    .where(eq(posts.id, postId));
}

export async function replaceMedia(db: Db, postId: string, ordered: PostMedium[]): Promise<void> {
  await detachMedia(db, postId);
  await insertPostMedia(db, postId, ordered);
}

/** Returns the media that were attached. */
export async function detachMedia(db: Db, postId: string): Promise<string[]> {
  const rows = await db
    .delete(postMedia)
    .where(eq(postMedia.postId, postId))
    .returning({ id: postMedia.mediaId });
  return rows.map(({ id }) => id);
}

export async function markDeleted(db: Db, postId: string): Promise<void> {
  await db.update(posts).set({ deletedAt: sql`now()` }).where(eq(posts.id, postId));
}

export async function markTakenDown(db: Db, postId: string, isTakenDown: boolean): Promise<void> {
  await db
    .update(posts)
    .set({ takenDownAt: isTakenDown ? sql`now()` : null })
    .where(eq(posts.id, postId));
}

/** Returns the new count. */
export async function addToLikeCount(db: Db, postId: string, change: number): Promise<number> {
  const [row] = await db
    .update(posts)
    .set({ likeCount: sql`${posts.likeCount} + ${change}` })
    .where(eq(posts.id, postId))
    .returning({ likeCount: posts.likeCount });
  return row!.likeCount;
}

export async function addToCommentCount(db: Db, postId: string, change: number): Promise<void> {
  if (change === 0) return;
  await db
    .update(posts)
    .set({ commentCount: sql`${posts.commentCount} + ${change}` })
    .where(eq(posts.id, postId));
}

export async function findAuthor(db: Db, postId: string): Promise<string | null> {
  const [row] = await db.select({ authorId: posts.authorId }).from(posts).where(eq(posts.id, postId));
  return row?.authorId ?? null;
}

export const findPostsOfUser = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({ id: posts.id, at: timeText(posts.createdAt) })
    .from(posts)
    .where(
      and(eq(posts.authorId, userId), isNull(posts.deletedAt), olderThan(after, posts.createdAt, posts.id)),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(count);
