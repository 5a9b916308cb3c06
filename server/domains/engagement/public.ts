import { type App, inTransaction } from '../../core/app.ts';
import { adjustLikeCount, findPostAuthor } from '../posts/public.ts';
import { addToLikeCount, deleteCommentLike } from './commentLikes/queries.ts';
import { reconcileCommentLike } from './commentLikes/service.ts';
import { changeState, reconcileComment } from './commentState/service.ts';
import { type CommentRow, findComment } from './comments/queries.ts';
import { deleteLike } from './likes/queries.ts';
import { reconcileLike } from './likes/service.ts';
import * as queries from './retraction/queries.ts';
import { deleteDeletedComments, deleteLikesOf } from './retraction/queries.ts';

const AT_ONCE = 100;

/**
 * Removes a batch of the likes and comments of a user who is about to be purged, the way the user would: counts and
 * notices follow. Handles one kind at a time, because each has its own lock order. True when nothing is left.
 * Comments stay as deleted rows until the user's row is purged.
 */
export const retractEngagementOf = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const removed =
      (await retractLikes(app, userId)) ||
      (await retractComments(app, userId)) ||
      (await retractCommentLikes(app, userId));
    return removed === 0;
  });

async function retractLikes(app: App, userId: string): Promise<number> {
  const liked = await queries.findLikedPosts(app.db, userId, AT_ONCE);
  for (const { postId, authorId } of liked) {
    if (!(await deleteLike(app.db, postId, userId))) continue;
    await adjustLikeCount(app, postId, -1);
    await reconcileLike(app, postId, userId, authorId);
  }
  return liked.length;
}

const retractComments = async (app: App, userId: string): Promise<number> =>
  retractEach(app, await queries.findActiveCommentsOf(app.db, userId, AT_ONCE));

async function retractEach(app: App, comments: CommentRow[]): Promise<number> {
  for (const comment of comments) {
    const isGone = await changeState(app, comment, ({ deletedAt }) =>
      deletedAt ? {} : { deletedAt: new Date() },
    );
    const authorId = isGone && (await findPostAuthor(app, comment.postId));
    if (authorId) await reconcileComment(app, comment, authorId);
  }
  return comments.length;
}

/**
 * Deletes a batch of the comments under posts that are about to be purged, so that their notices and points are
 * retracted; returns how many.
 */
export const retractCommentsUnder = (app: App, postIds: string[]): Promise<number> =>
  inTransaction(app, async (app) =>
    retractEach(app, await queries.findActiveCommentsUnder(app.db, postIds, AT_ONCE)),
  );

async function retractCommentLikes(app: App, userId: string): Promise<number> {
  const liked = await queries.findLikedComments(app.db, userId, AT_ONCE);
  for (const { commentId, authorId } of liked) {
    if (!(await deleteCommentLike(app.db, commentId, userId))) continue;
    await addToLikeCount(app.db, commentId, -1);
    await reconcileCommentLike(app, commentId, userId, authorId);
  }
  return liked.length;
}

/**
 * Hides the comment from everyone but its author, together with its replies, or shows them again, and adjusts the
 * counts. False when nothing changed.
 */
export const setCommentTakenDown = (app: App, commentId: string, isTakenDown: boolean): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const comment = await findComment(app.db, commentId);
    const authorId = comment && (await findPostAuthor(app, comment.postId));
    if (!comment || !authorId) return false;
    const hasChanged = await changeState(app, comment, ({ takenDownAt }) =>
      isTakenDown === (takenDownAt !== null) ? {} : { takenDownAt: isTakenDown ? new Date() : null },
    );
    if (hasChanged) await reconcileComment(app, comment, authorId);
    return hasChanged;
  });

const LIKES_AT_ONCE = 5000;
const COMMENTS_AT_ONCE = 1000;

/** Purges a batch of the likes of deleted posts; returns how many. */
export const purgeLikesOf = (app: App, postIds: string[]): Promise<number> =>
  inTransaction(app, async (app) => {
    const counts = await deleteLikesOf(app.db, postIds, LIKES_AT_ONCE);
    for (const postId of [...counts.keys()].sort()) await adjustLikeCount(app, postId, -counts.get(postId)!);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  });

/** Purges a batch of the comments deleted before that time; returns how many. */
export const purgeDeletedComments = (app: App, before: Date): Promise<number> =>
  deleteDeletedComments(app.db, before, COMMENTS_AT_ONCE);
