import { and, asc, eq, sql } from 'drizzle-orm';
import {
  visibleAbove,
  visibleComment,
  visiblePost,
  visibleStory,
  visibleUser,
} from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { avatars, comments, media, postMedia, posts, stories, users } from '../../../schema/index.ts';
import type { Snapshot, SubjectType } from '../../../schema/moderation.ts';

/** What a reporter sees of the subject. */
export interface Sighting {
  ownerId: string;
  snapshot: Snapshot;
}

const author = { id: users.id, handle: users.handle, displayName: users.displayName };

type Finder = (db: Db, viewerId: string, id: string) => Promise<Sighting | null>;

/** How each subject looks to the viewer; null when they may not see it. */
export const findSighting: Record<SubjectType, Finder> = {
  async user(db, viewerId, id) {
    const [row] = await db
      .select({ author, bio: users.bio, createdAt: users.createdAt, mediaId: avatars.mediaId })
      .from(users)
      .leftJoin(avatars, eq(avatars.userId, users.id))
      .where(and(eq(users.id, id), visibleUser(viewerId)));
    return row ? sighting(row, { bio: row.bio }, row.mediaId === null ? [] : [row.mediaId]) : null;
  },

  async post(db, viewerId, id) {
    const [row] = await db
      .select({ author, caption: posts.caption, createdAt: posts.createdAt })
      .from(posts)
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(and(eq(posts.id, id), visiblePost(viewerId)));
    if (!row) return null;
    const pictures = await db
      .select({
        id: postMedia.mediaId,
        altText: sql<string>`coalesce(${postMedia.altText}, ${media.altText})`,
      })
      .from(postMedia)
      .innerJoin(media, eq(media.id, postMedia.mediaId))
      .where(eq(postMedia.postId, id))
      .orderBy(asc(postMedia.position));
    const altTexts = pictures.flatMap(({ altText }, at) =>
      altText === '' ? [] : [[`altText${at + 1}`, altText] as const],
    );
    return sighting(
      row,
      { caption: row.caption, ...Object.fromEntries(altTexts) },
      pictures.map(({ id }) => id),
    );
  },

  async comment(db, viewerId, id) {
    const [row] = await db
      .select({ author, body: comments.body, createdAt: comments.createdAt, postId: comments.postId })
      .from(comments)
      .innerJoin(users, eq(users.id, comments.authorId))
      .where(and(eq(comments.id, id), visibleComment(viewerId), visibleAbove(viewerId, sql`${id}`)));
    if (!row || !(await isVisiblePost(db, viewerId, row.postId))) return null;
    return sighting(row, { body: row.body }, [], row.postId);
  },

  async story(db, viewerId, id) {
    const [row] = await db
      .select({ author, caption: stories.caption, createdAt: stories.createdAt, mediaId: stories.mediaId })
      .from(stories)
      .innerJoin(users, eq(users.id, stories.authorId))
      .where(and(eq(stories.id, id), visibleStory(viewerId)));
    return row ? sighting(row, { caption: row.caption }, row.mediaId === null ? [] : [row.mediaId]) : null;
  },
};

const sighting = (
  row: { author: Snapshot['author']; createdAt: Date },
  texts: Snapshot['texts'],
  mediaIds: string[],
  postId: string | null = null,
): Sighting => ({
  ownerId: row.author.id,
  snapshot: { author: row.author, texts, mediaIds, postId, createdAt: row.createdAt.toISOString() },
});

async function isVisiblePost(db: Db, viewerId: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(eq(posts.id, id), visiblePost(viewerId)));
  return rows.length > 0;
}

/** The owner, even of a hidden subject; null when the subject no longer exists. */
export async function findOwnerId(db: Db, type: SubjectType, id: string): Promise<string | null> {
  const { table, ownerId } = owners[type];
  const [row] = await db
    .select({ ownerId: sql<string>`${ownerId}` })
    .from(table)
    .where(eq(table.id, id));
  return row?.ownerId ?? null;
}

const owners = {
  user: { table: users, ownerId: users.id },
  post: { table: posts, ownerId: posts.authorId },
  comment: { table: comments, ownerId: comments.authorId },
  story: { table: stories, ownerId: stories.authorId },
} as const;

/** The photographs that the subject shows, also while it is hidden. */
export async function findMediaOf(
  db: Db,
  { subjectType, subjectId }: { subjectType: SubjectType; subjectId: string },
): Promise<string[]> {
  if (subjectType === 'comment') return [];
  const rows = await findShown[subjectType](db, subjectId);
  return rows.flatMap(({ id }) => id ?? []);
}

const findShown = {
  user: (db: Db, id: string) =>
    db.select({ id: avatars.mediaId }).from(avatars).where(eq(avatars.userId, id)),
  post: (db: Db, id: string) =>
    db
      .select({ id: postMedia.mediaId })
      .from(postMedia)
      .where(eq(postMedia.postId, id))
      .orderBy(asc(postMedia.position)),
  story: (db: Db, id: string) => db.select({ id: stories.mediaId }).from(stories).where(eq(stories.id, id)),
};
