import { type App, inTransaction } from '../../../core/app.ts';
import type { Position } from '../../../core/cursors.ts';
import type { NotificationKind } from '../../../core/notices.ts';
import { enqueue, type Jobs } from '../../../core/outbox.ts';
import { findPostAuthor } from '../../posts/public.ts';
import { type CommentRow, findComment, findEvery } from '../comments/queries.ts';
import { findMentions } from '../mentions/queries.ts';

type Subject = Pick<CommentRow, 'id' | 'postId' | 'parentId' | 'authorId'>;

/**
 * Call it after a comment is written, edited, deleted or restored. Each user gets one notice: a reply counts before a
 * comment on a post, and that before a mention.
 */
export async function reconcileComment(
  app: App,
  { id, postId, parentId, authorId }: Subject,
  postAuthorId: string,
  mentioned?: string[],
): Promise<void> {
  const notices = new Map<string, [kind: NotificationKind, subjectId: string]>();
  for (const userId of mentioned ?? (await findMentions(app.db, id)))
    notices.set(userId, ['mentioned', postId]);
  notices.set(postAuthorId, ['postCommented', postId]);
  const parent = parentId === null ? undefined : await findComment(app.db, parentId);
  if (parent) notices.set(parent.authorId, ['commentReplied', parent.id]);
  notices.delete(authorId);
  for (const [recipientId, [kind, subjectId]] of notices) {
    await enqueue(app, 'notifications.settle', {
      notice: { kind, recipientId, actorId: authorId, subjectId, sourceId: id },
    });
  }
  await enqueue(app, 'trust.settle', { change: { userId: authorId, act: 'comment', sourceId: id } });
}

const AT_ONCE = 100;

/** For comments on a post that others can see from now on. Handles a batch and leaves the rest to another job. */
export const reconcileComments = (
  app: App,
  { postId, after }: Jobs['engagement.settleComments'],
): Promise<void> =>
  inTransaction(app, async (app) => {
    const last = await reconcileEach(app, await findEvery(app.db, { postId }, after, AT_ONCE));
    if (last) await enqueue(app, 'engagement.settleComments', { postId, after: last });
  });

/** The same for replies that were hidden or shown together with their parent comment. */
export const reconcileReplies = (
  app: App,
  { commentId, after }: Jobs['engagement.settleReplies'],
): Promise<void> =>
  inTransaction(app, async (app) => {
    const last = await reconcileEach(app, await findEvery(app.db, { parentId: commentId }, after, AT_ONCE));
    if (last) await enqueue(app, 'engagement.settleReplies', { commentId, after: last });
  });

/** The position to continue from; null at the end. All comments belong to one post. */
async function reconcileEach(app: App, comments: (Subject & Position)[]): Promise<Position | null> {
  const [first, last] = [comments[0], comments.at(-1)];
  if (!first || !last) return null;
  const postAuthorId = await findPostAuthor(app, first.postId);
  if (postAuthorId === null) return null;
  for (const comment of comments) await reconcileComment(app, comment, postAuthorId);
  return comments.length === AT_ONCE ? { at: last.at, id: last.id } : null;
}
