import { and, asc, desc, eq, exists, isNull } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf, olderThan, timeText } from '../../../core/lists.ts';
import { visibleComment, visiblePost } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import {
  commentEdits,
  commentLikes,
  comments,
  handles,
  inviteRedemptions,
  likes,
  notificationMarkers,
  postEdits,
  posts,
  securityEvents,
  users,
} from '../../../schema/index.ts';

export const findHandles = (db: Db, userId: string) =>
  db
    .select({ handle: handles.handle, takenAt: handles.takenAt })
    .from(handles)
    .where(eq(handles.userId, userId))
    .orderBy(handles.takenAt);

export async function findInvite(db: Db, userId: string) {
  const [row] = await db
    .select({ code: inviteRedemptions.code, redeemedAt: inviteRedemptions.redeemedAt })
    .from(inviteRedemptions)
    .where(eq(inviteRedemptions.userId, userId));
  return row ?? null;
}

export async function findReadUpTo(db: Db, userId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: notificationMarkers.readUpTo })
    .from(notificationMarkers)
    .where(eq(notificationMarkers.userId, userId));
  return row?.at ?? null;
}

export const findEditedPosts = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({ id: posts.id, at: timeText(posts.createdAt) })
    .from(posts)
    .where(
      and(
        eq(posts.authorId, userId),
        isNull(posts.deletedAt),
        olderThan(after, posts.createdAt, posts.id),
        exists(db.select({ id: postEdits.id }).from(postEdits).where(eq(postEdits.postId, posts.id))),
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(count);

export const findPostEdits = (db: Db, postIds: string[]) =>
  db
    .select({
      postId: postEdits.postId,
      caption: postEdits.caption,
      visibility: postEdits.visibility,
      commentPolicy: postEdits.commentPolicy,
      media: postEdits.media,
      editedAt: postEdits.editedAt,
    })
    .from(postEdits)
    .where(isOneOf(postEdits.postId, postIds))
    .orderBy(asc(postEdits.editedAt), asc(postEdits.id));

export const findCommentEdits = (db: Db, commentIds: string[]) =>
  db
    .select({ commentId: commentEdits.commentId, body: commentEdits.body, editedAt: commentEdits.editedAt })
    .from(commentEdits)
    .where(isOneOf(commentEdits.commentId, commentIds))
    .orderBy(asc(commentEdits.editedAt), asc(commentEdits.id));

export const findOwnComments = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({
      id: comments.id,
      at: timeText(comments.createdAt),
      postId: comments.postId,
      body: comments.body,
      createdAt: comments.createdAt,
      editedAt: comments.editedAt,
    })
    .from(comments)
    .where(
      and(
        eq(comments.authorId, userId),
        isNull(comments.deletedAt),
        olderThan(after, comments.createdAt, comments.id),
      ),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(count);

export const findOwnLikes = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({ id: likes.postId, at: timeText(likes.createdAt), likedAt: likes.createdAt })
    .from(likes)
    .where(and(eq(likes.userId, userId), olderThan(after, likes.createdAt, likes.postId)))
    .orderBy(desc(likes.createdAt), desc(likes.postId))
    .limit(count);

export const findOwnCommentLikes = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({
      id: commentLikes.commentId,
      at: timeText(commentLikes.createdAt),
      likedAt: commentLikes.createdAt,
      postId: comments.postId,
    })
    .from(commentLikes)
    .innerJoin(comments, eq(comments.id, commentLikes.commentId))
    .where(
      and(eq(commentLikes.userId, userId), olderThan(after, commentLikes.createdAt, commentLikes.commentId)),
    )
    .orderBy(desc(commentLikes.createdAt), desc(commentLikes.commentId))
    .limit(count);

export const findSecurityEvents = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({
      id: securityEvents.id,
      at: timeText(securityEvents.createdAt),
      kind: securityEvents.kind,
      details: securityEvents.details,
      createdAt: securityEvents.createdAt,
    })
    .from(securityEvents)
    .where(
      and(eq(securityEvents.userId, userId), olderThan(after, securityEvents.createdAt, securityEvents.id)),
    )
    .orderBy(desc(securityEvents.createdAt), desc(securityEvents.id))
    .limit(count);

export async function findVisiblePostIds(db: Db, viewerId: string, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(isOneOf(posts.id, ids), visiblePost(viewerId)));
  return new Set(rows.map(({ id }) => id));
}

export async function findVisibleCommentIds(db: Db, viewerId: string, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: comments.id })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(and(isOneOf(comments.id, ids), visibleComment(viewerId)));
  return new Set(rows.map(({ id }) => id));
}
