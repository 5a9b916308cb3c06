import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { withinTheLastMinute } from '../../../core/duplicates.ts';
import { hydration } from '../../../core/hydration.ts';
import { isOneOf, newerThan, olderThan, timeText } from '../../../core/lists.ts';
import { avatarMedia, cardColumns, ofAvatar, ofUser } from '../../../core/userColumns.ts';
import { shownComment, type ViewerId, visibleComment } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { avatars, commentEdits, commentLikes, comments, users } from '../../../schema/index.ts';

export type CommentRow = typeof comments.$inferSelect;

export type NewCommentRow = Pick<CommentRow, 'postId' | 'authorId' | 'parentId' | 'body'>;

/** The same comment by the same author in the same place, written within the last minute. */
export async function findDuplicate(db: Db, row: NewCommentRow): Promise<CommentRow | undefined> {
  const [duplicate] = await db
    .select()
    .from(comments)
    .where(
      and(
        eq(comments.postId, row.postId),
        row.parentId === null ? isNull(comments.parentId) : eq(comments.parentId, row.parentId),
        withinTheLastMinute(comments.createdAt),
        eq(comments.authorId, row.authorId),
        isNull(comments.deletedAt),
        eq(comments.body, row.body),
      ),
    )
    .limit(1);
  return duplicate;
}

export async function insertComment(db: Db, row: NewCommentRow): Promise<CommentRow> {
  const [comment] = await db.insert(comments).values(row).returning();
  return comment!;
}

export async function findComment(db: Db, commentId: string): Promise<CommentRow | undefined> {
  const [row] = await db.select().from(comments).where(eq(comments.id, commentId));
  return row;
}

export async function findVisibleComment(
  db: Db,
  viewerId: string | null,
  postId: string,
  commentId: string,
): Promise<CommentRow | undefined> {
  const [row] = await db
    .select({ comment: comments })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(and(eq(comments.id, commentId), eq(comments.postId, postId), visibleComment(viewerId)));
  return row?.comment;
}

/** Includes deleted comments, so that deleting one again differs from deleting one that never existed. */
export async function isShown(db: Db, viewerId: string, commentId: string): Promise<boolean> {
  const rows = await db
    .select({ id: comments.id })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(and(eq(comments.id, commentId), shownComment(viewerId)));
  return rows.length > 0;
}

/** The comments that the viewer may see, each with its author. */
export const findComments = hydration((db, viewerId, ids) =>
  db
    .select({
      comment: comments,
      author: cardColumns,
      isLiked: viewerId === null ? sql<boolean>`false` : isLikedBy(viewerId),
    })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(isOneOf(comments.id, ids), visibleComment(viewerId)))
    .prepare('comments'),
);

/** A scalar subquery, because the planner may turn `exists` into a hash of everything the viewer has liked. */
const isLikedBy = (viewerId: ViewerId) =>
  sql<boolean>`coalesce((select true from ${commentLikes} where ${commentLikes.commentId} = ${comments.id} and ${commentLikes.userId} = ${viewerId}), false)`;

export async function updateComment(
  db: Db,
  commentId: string,
  change: Partial<Pick<CommentRow, 'deletedAt' | 'takenDownAt' | 'replyCount'>>,
): Promise<void> {
  await db.update(comments).set(change).where(eq(comments.id, commentId));
}

/** Changes the text and keeps the previous one. */
export async function rewriteComment(db: Db, before: CommentRow, body: string): Promise<void> {
  await db.insert(commentEdits).values({ commentId: before.id, body: before.body });
  await db.update(comments).set({ body, editedAt: sql`now()` }).where(eq(comments.id, before.id));
}

export async function deleteReplies(db: Db, parentId: string): Promise<void> {
  await db
    .update(comments)
    .set({ deletedAt: sql`now()` })
    .where(and(eq(comments.parentId, parentId), isNull(comments.deletedAt)));
}

export async function addToReplyCount(db: Db, commentId: string, change: number): Promise<void> {
  if (change === 0) return;
  await db
    .update(comments)
    .set({ replyCount: sql`${comments.replyCount} + ${change}` })
    .where(eq(comments.id, commentId));
}

export const findCommentsOfPost = (db: Db, postId: string, after: Position | null, count: number) =>
  db
    .select({ id: comments.id, at: timeText(comments.createdAt) })
    .from(comments)
    .where(
      and(
        eq(comments.postId, postId),
        isNull(comments.parentId),
        isNull(comments.deletedAt),
        olderThan(after, comments.createdAt, comments.id),
      ),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(count);

export const findReplies = (db: Db, parentId: string, after: Position | null, count: number) =>
  db
    .select({ id: comments.id, at: timeText(comments.createdAt) })
    .from(comments)
    .where(
      and(
        eq(comments.parentId, parentId),
        isNull(comments.deletedAt),
        newerThan(after, comments.createdAt, comments.id),
      ),
    )
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(count);

/** The oldest `count` replies to each of the comments, oldest first. */
export async function findFirstReplies(db: Db, parentIds: string[], count: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select reply.id from unnest(${`{${parentIds.join(',')}}`}::text::uuid[]) as parent (id), lateral (
      select ${comments.id}, ${comments.createdAt} from ${comments}
      where ${comments.parentId} = parent.id and ${comments.deletedAt} is null
      order by ${comments.createdAt}, ${comments.id} limit ${count}
    ) reply order by reply.created_at, reply.id`);
  return rows.map(({ id }) => id);
}

/** All comments of a post, or all replies to a comment, deleted ones included; oldest first. */
export const findEvery = (
  db: Db,
  of: { postId: string } | { parentId: string },
  after: Position | null,
  count: number,
) =>
  db
    .select({
      id: comments.id,
      at: timeText(comments.createdAt),
      postId: comments.postId,
      parentId: comments.parentId,
      authorId: comments.authorId,
    })
    .from(comments)
    .where(
      and(
        'postId' in of ? eq(comments.postId, of.postId) : eq(comments.parentId, of.parentId),
        newerThan(after, comments.createdAt, comments.id),
      ),
    )
    .orderBy(asc(comments.createdAt), asc(comments.id))
    .limit(count);
