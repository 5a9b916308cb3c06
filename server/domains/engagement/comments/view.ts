import type { App } from '../../../core/app.ts';
import { presentCard } from '../../users/public.ts';
import type { CommentView, Thread } from '../contract.ts';
import { findComments, findFirstReplies } from './queries.ts';

const INLINE_REPLIES = 3;
/** More than are shown, so that a few hidden replies do not leave a comment without any. */
const REPLIES_READ = 10;

/** The comments that the viewer may see, by id. Callers have checked that the viewer may see the posts. */
export async function presentComments(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, CommentView>> {
  const found = await findComments(app.db, viewerId, ids);
  return new Map(found.map((row) => [row.comment.id, present(app, viewerId, row)]));
}

function present(
  app: App,
  viewerId: string | null,
  { comment, author, isLiked }: Awaited<ReturnType<typeof findComments>>[number],
): CommentView {
  const { id, postId, parentId, body, likeCount, replyCount, createdAt, editedAt } = comment;
  return {
    id,
    postId,
    parentId,
    author: presentCard(app, viewerId, author),
    body,
    likeCount,
    replyCount,
    createdAt,
    editedAt,
    ...(viewerId === null ? {} : { likedByViewer: isLiked }),
  };
}

/** Like `presentComments`, with the first replies to each that the viewer may see. */
export async function presentThreads(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, Thread>> {
  const shown = await presentComments(app, viewerId, ids);
  const withReplies = [...shown.values()].filter(({ replyCount }) => replyCount > 0).map(({ id }) => id);
  const replyIds = withReplies.length ? await findFirstReplies(app.db, withReplies, REPLIES_READ) : [];
  const found = await presentComments(app, viewerId, replyIds);
  const replies = Map.groupBy(
    replyIds.flatMap((id) => found.get(id) ?? []),
    ({ parentId }) => parentId,
  );
  return new Map(
    [...shown].map(([id, view]) => [
      id,
      { ...view, replies: (replies.get(id) ?? []).slice(0, INLINE_REPLIES) },
    ]),
  );
}
