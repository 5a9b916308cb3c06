import type { NotificationKind } from '../../core/acts.ts';
import { type App, inTransaction } from '../../core/app.ts';
import { enqueue, type Jobs } from '../../core/outbox.ts';
import { postAuthor } from '../posts/service.ts';
import { type CommentRow, findComment, findEveryReply } from './commentQueries.ts';
import { findMentions } from './mentionQueries.ts';

type Subject = Pick<CommentRow, 'id' | 'postId' | 'parentId' | 'authorId'>;

/** After a comment came, went or changed: tells each person once of it, of the answer rather than of a mention in it. */
export async function settleComment(
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

const REPLIES_AT_ONCE = 100;

/** The replies came or went with the comment they stand under; so many at once, and the rest by another job. */
export const settleReplies = (
  app: App,
  { commentId, after }: Jobs['engagement.settleReplies'],
): Promise<void> =>
  inTransaction(app, async (app) => {
    const replies = await findEveryReply(app.db, commentId, after, REPLIES_AT_ONCE);
    const [first, last] = [replies[0], replies.at(-1)];
    if (!first || !last) return;
    const postAuthorId = await postAuthor(app, first.postId);
    if (postAuthorId === null) return;
    for (const reply of replies) await settleComment(app, reply, postAuthorId);
    if (replies.length === REPLIES_AT_ONCE)
      await enqueue(app, 'engagement.settleReplies', { commentId, after: { at: last.at, id: last.id } });
  });
