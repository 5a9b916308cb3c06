import { type App, inTransaction } from '../../core/app.ts';
import { postAuthor } from '../posts/service.ts';
import { type CommentRow, findComment } from './commentQueries.ts';
import { settleComment } from './settling.ts';
import { changeStanding } from './standing.ts';

export { requireComment } from './comments.ts';
export { eraseDeletedComments, eraseLikesOf } from './erasure.ts';
export { removeCommentsUnder, removeEngagementOf } from './removal.ts';
export { settleComments, settleReplies } from './settling.ts';

/** Regardless of visibility, deleted and taken-down comments included; for moderation. */
export const readComment = (app: App, commentId: string): Promise<CommentRow | undefined> =>
  findComment(app.db, commentId);

/**
 * Hides the comment from everyone but its author, together with its replies, or shows them again, and adjusts the
 * counts. False when nothing changed.
 */
export const setCommentTakenDown = (app: App, commentId: string, isTakenDown: boolean): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const comment = await findComment(app.db, commentId);
    const authorId = comment && (await postAuthor(app, comment.postId));
    if (!comment || !authorId) return false;
    const hasChanged = await changeStanding(app, comment, ({ takenDownAt }) =>
      isTakenDown === (takenDownAt !== null) ? {} : { takenDownAt: isTakenDown ? new Date() : null },
    );
    if (hasChanged) await settleComment(app, comment, authorId);
    return hasChanged;
  });
