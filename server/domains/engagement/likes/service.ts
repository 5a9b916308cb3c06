import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { enqueue } from '../../../core/outbox.ts';
import { adjustLikeCount, requireVisiblePost } from '../../posts/public.ts';
import { presentUsers } from '../../users/public.ts';
import type { Like, LikeState, LikesInput, PostRef } from '../contract.ts';
import { deleteLike, findLikes, insertLike } from './queries.ts';

export const likePost = (app: App, viewer: Viewer, { postId }: PostRef): Promise<LikeState> =>
  inTransaction(app, async (app) => {
    const { authorId } = await requireVisiblePost(app, viewer, postId);
    const isNew = await insertLike(app.db, postId, viewer.id);
    if (isNew) await reconcileLike(app, postId, viewer.id, authorId);
    return { liked: true, likeCount: await adjustLikeCount(app, postId, isNew ? 1 : 0) };
  });

export const unlikePost = (app: App, viewer: Viewer, { postId }: PostRef): Promise<LikeState> =>
  inTransaction(app, async (app) => {
    const { authorId } = await requireVisiblePost(app, viewer, postId);
    const wasLiked = await deleteLike(app.db, postId, viewer.id);
    if (wasLiked) await reconcileLike(app, postId, viewer.id, authorId);
    return { liked: false, likeCount: await adjustLikeCount(app, postId, wasLiked ? -1 : 0) };
  });

/** Call it after adding or removing the like. */
export async function reconcileLike(
  app: App,
  postId: string,
  likerId: string,
  authorId: string,
): Promise<void> {
  if (likerId === authorId) return;
  await enqueue(app, 'notifications.settle', {
    notice: {
      kind: 'postLiked',
      recipientId: authorId,
      actorId: likerId,
      subjectId: postId,
      sourceId: likerId,
    },
  });
  await enqueue(app, 'trust.settle', {
    change: { userId: authorId, act: 'likeReceived', sourceId: `${postId}:${likerId}` },
  });
}

/** Lists only users that the viewer may see; the post's count includes all likes. */
export async function listLikes(
  app: App,
  viewer: Viewer | null,
  { postId, ...input }: LikesInput,
): Promise<Page<Like>> {
  const viewerId = viewer?.id ?? null;
  await requireVisiblePost(app, viewer, postId);
  return listPage(app, {
    scope: ['likes', postId, viewerId],
    input,
    ids: (after, count) => findLikes(app.db, postId, after, count),
    hydrate: async (rows) => {
      const users = await presentUsers(
        app,
        viewerId,
        rows.map(({ id }) => id),
      );
      return new Map(
        rows.flatMap(({ id, likedAt }) => {
          const user = users.get(id);
          return user ? [[id, { user, likedAt }]] : [];
        }),
      );
    },
  });
}
