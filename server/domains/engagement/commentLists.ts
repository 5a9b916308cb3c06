import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { requireVisiblePost } from '../posts/service.ts';
import { findCommentsOfPost, findReplies } from './commentQueries.ts';
import { requireComment } from './comments.ts';
import { presentThreads } from './commentView.ts';
import type { CommentsInput, Thread } from './contract.ts';

/** Comments newest first, or the replies to one of them oldest first. */
export async function listComments(
  app: App,
  viewer: Viewer | null,
  { postId, parentId, ...input }: CommentsInput,
): Promise<Page<Thread>> {
  const viewerId = viewer?.id ?? null;
  await requireVisiblePost(app, viewer, postId);
  if (parentId !== undefined) await requireComment(app, viewer, { postId, commentId: parentId });
  return listPage(app, {
    scope: ['comments', parentId ?? postId, viewerId],
    input,
    ids: (after, count) =>
      parentId === undefined
        ? findCommentsOfPost(app.db, postId, after, count)
        : findReplies(app.db, parentId, after, count),
    hydrate: (rows) =>
      presentThreads(
        app,
        viewerId,
        rows.map(({ id }) => id),
      ),
  });
}
