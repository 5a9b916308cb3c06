import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { enqueue } from '../../../core/outbox.ts';
import { requireVisiblePost } from '../../posts/public.ts';
import { requireComment } from '../comments/service.ts';
import type { CommentRef, LikeState } from '../contract.ts';
import { addToLikeCount, deleteCommentLike, insertCommentLike } from './queries.ts';

export const likeComment = (app: App, viewer: Viewer, ref: CommentRef): Promise<LikeState> =>
  inTransaction(app, async (app) => {
    const { authorId } = await requireLikable(app, viewer, ref);
    const isNew = await insertCommentLike(app.db, ref.commentId, viewer.id);
    if (isNew) await reconcileCommentLike(app, ref.commentId, viewer.id, authorId);
    return { liked: true, likeCount: await addToLikeCount(app.db, ref.commentId, isNew ? 1 : 0) };
  });

export const unlikeComment = (app: App, viewer: Viewer, ref: CommentRef): Promise<LikeState> =>
  inTransaction(app, async (app) => {
    const { authorId } = await requireLikable(app, viewer, ref);
    const wasLiked = await deleteCommentLike(app.db, ref.commentId, viewer.id);
    if (wasLiked) await reconcileCommentLike(app, ref.commentId, viewer.id, authorId);
    return { liked: false, likeCount: await addToLikeCount(app.db, ref.commentId, wasLiked ? -1 : 0) };
  });

async function requireLikable(app: App, viewer: Viewer, ref: CommentRef) {
  await requireVisiblePost(app, viewer, ref.postId);
  return requireComment(app, viewer, ref);
}

/** Call it after adding or removing the like. */
export async function reconcileCommentLike(
  app: App,
  commentId: string,
  likerId: string,
  recipientId: string,
): Promise<void> {
  if (likerId === recipientId) return;
  await enqueue(app, 'notifications.settle', {
    notice: { kind: 'commentLiked', recipientId, actorId: likerId, subjectId: commentId, sourceId: likerId },
  });
}
