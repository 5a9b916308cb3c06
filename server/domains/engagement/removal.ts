import { type App, inTransaction } from '../../core/app.ts';
import { adjustLikeCount, postAuthor } from '../posts/service.ts';
import { addToLikeCount, deleteCommentLike } from './commentLikeQueries.ts';
import { settleCommentLike } from './commentLikes.ts';
import type { CommentRow } from './commentQueries.ts';
import { settleLike } from './likes.ts';
import { deleteLike } from './queries.ts';
import * as queries from './removalQueries.ts';
import { settleComment } from './settling.ts';
import { changeStanding } from './standing.ts';

const AT_ONCE = 100;

/**
 * Removes a batch of the likes and comments of a user who is about to be purged, the way the user would: counts and
 * notices follow. Handles one kind at a time, because each has its own lock order. True when nothing is left.
 * Comments stay as deleted rows until the user's row is purged.
 */
export const removeEngagementOf = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const removed =
      (await removeLikes(app, userId)) ||
      (await removeComments(app, userId)) ||
      (await removeCommentLikes(app, userId));
    return removed === 0;
  });

async function removeLikes(app: App, userId: string): Promise<number> {
  const liked = await queries.findLikedPosts(app.db, userId, AT_ONCE);
  for (const { postId, authorId } of liked) {
    if (!(await deleteLike(app.db, postId, userId))) continue;
    await adjustLikeCount(app, postId, -1);
    await settleLike(app, postId, userId, authorId);
  }
  return liked.length;
}

const removeComments = async (app: App, userId: string): Promise<number> =>
  remove(app, await queries.findStandingCommentsOf(app.db, userId, AT_ONCE));

async function remove(app: App, comments: CommentRow[]): Promise<number> {
  for (const comment of comments) {
    const isGone = await changeStanding(app, comment, ({ deletedAt }) =>
      deletedAt ? {} : { deletedAt: new Date() },
    );
    const authorId = isGone && (await postAuthor(app, comment.postId));
    if (authorId) await settleComment(app, comment, authorId);
  }
  return comments.length;
}

/**
 * Deletes a batch of the comments under posts that are about to be purged, so that their notices and points are
 * retracted; returns how many.
 */
export const removeCommentsUnder = (app: App, postIds: string[]): Promise<number> =>
  inTransaction(app, async (app) =>
    remove(app, await queries.findStandingCommentsUnder(app.db, postIds, AT_ONCE)),
  );

async function removeCommentLikes(app: App, userId: string): Promise<number> {
  const liked = await queries.findLikedComments(app.db, userId, AT_ONCE);
  for (const { commentId, authorId } of liked) {
    if (!(await deleteCommentLike(app.db, commentId, userId))) continue;
    await addToLikeCount(app.db, commentId, -1);
    await settleCommentLike(app, commentId, userId, authorId);
  }
  return liked.length;
}
