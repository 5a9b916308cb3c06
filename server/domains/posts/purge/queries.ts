import { and, asc, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import { isOneOf } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { postMedia, posts } from '../../../schema/index.ts';

export async function findActivePostsBy(db: Db, authorId: string, count: number): Promise<string[]> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, authorId), isNull(posts.deletedAt)))
    .orderBy(asc(posts.createdAt), asc(posts.id))
    .limit(count);
  return rows.map(({ id }) => id);
}

export type Purgeable = { deletedBefore: Date } | { authorId: string };

/** Deleted posts: those deleted before a time, or all of one author. */
export async function findPurgeablePosts(db: Db, which: Purgeable, count: number): Promise<string[]> {
  const wanted =
    'authorId' in which
      ? and(eq(posts.authorId, which.authorId), isNotNull(posts.deletedAt))
      : lte(posts.deletedAt, which.deletedBefore);
  const rows = await db.select({ id: posts.id }).from(posts).where(wanted).limit(count);
  return rows.map(({ id }) => id);
}

export async function findMediaOf(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: postMedia.mediaId })
    .from(postMedia)
    .where(isOneOf(postMedia.postId, ids));
  return rows.map(({ id }) => id);
}

export async function deletePosts(db: Db, ids: string[]): Promise<void> {
  await db.delete(posts).where(isOneOf(posts.id, ids));
}
