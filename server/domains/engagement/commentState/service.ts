import { type App, inTransaction } from '../../../core/app.ts';
import type { Position } from '../../../core/cursors.ts';
import { holdComment, holdPost } from '../../../core/locks.ts';
import type { NoticeKind } from '../../../core/notices.ts';
import { enqueue, type Jobs } from '../../../core/outbox.ts';
import { adjustCommentCount, findPostAuthor } from '../../posts/public.ts';
import * as queries from '../comments/queries.ts';
import { findMentions } from '../mentions/queries.ts';

const isActive = ({ deletedAt, takenDownAt }: queries.CommentRow) => !deletedAt && !takenDownAt;

/**
 * What a comment counts for its post. Only this file changes comment counts: a post counts its active comments and
 * replies, except replies under a comment that is not active; a comment counts its active replies.
 */
const countOf = (comment: queries.CommentRow, parent: queries.CommentRow | undefined) => {
  if (!isActive(comment)) return 0;
  return parent ? Number(isActive(parent)) : 1 + comment.replyCount;
};

/** The caller holds the post and has checked the body. Null when the parent is no longer active. */
export async function addComment(app: App, row: queries.NewCommentRow): Promise<queries.CommentRow | null> {
  if (row.parentId !== null) {
    const parent = await holdComment(app.db, row.parentId);
    if (!parent || !isActive(parent)) return null;
    await queries.addToReplyCount(app.db, row.parentId, 1);
  }
  await adjustCommentCount(app, row.postId, 1);
  return queries.insertComment(app.db, row);
}

/** Deletes, takes down or restores under locks, and adjusts the counts. False when nothing changed. */
export async function changeState(
  app: App,
  { id, postId, parentId }: queries.CommentRow,
  change: (comment: queries.CommentRow) => Partial<Pick<queries.CommentRow, 'deletedAt' | 'takenDownAt'>>,
): Promise<boolean> {
  await holdPost(app.db, postId);
  const parent = parentId === null ? undefined : await holdComment(app.db, parentId);
  const before = await holdComment(app.db, id);
  if (!before) return false;
  const changes = change(before);
  if (Object.keys(changes).length === 0) return false;
  const after = { ...before, ...changes };
  const isEnd = after.deletedAt !== null && before.deletedAt === null && !parent;
  await queries.updateComment(app.db, id, isEnd ? { ...changes, replyCount: 0 } : changes);
  if (isEnd) await queries.deleteReplies(app.db, id);
  if (parent)
    await queries.addToReplyCount(app.db, parent.id, Number(isActive(after)) - Number(isActive(before)));
  await adjustCommentCount(app, postId, countOf(after, parent) - countOf(before, parent));
  if (!parent) await enqueue(app, 'engagement.settleReplies', { commentId: id, after: null });
  return true;
}

type CommentSource = Pick<queries.CommentRow, 'id' | 'postId' | 'parentId' | 'authorId'>;

/**
 * Call it after a comment is written, edited, deleted or restored. Each user gets one notice: a reply counts before a
 * comment on a post, and that before a mention.
 */
export async function reconcileComment(
  app: App,
  { id, postId, parentId, authorId }: CommentSource,
  postAuthorId: string,
  mentioned?: string[],
): Promise<void> {
  const notices = new Map<string, [kind: NoticeKind, subjectId: string]>();
  for (const userId of mentioned ?? (await findMentions(app.db, id)))
    notices.set(userId, ['mentioned', postId]);
  notices.set(postAuthorId, ['postCommented', postId]);
  const parent = parentId === null ? undefined : await queries.findComment(app.db, parentId);
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
    const last = await reconcileEach(app, await queries.findEvery(app.db, { postId }, after, AT_ONCE));
    if (last) await enqueue(app, 'engagement.settleComments', { postId, after: last });
  });

/** The same for replies that were hidden or shown together with their parent comment. */
export const reconcileReplies = (
  app: App,
  { commentId, after }: Jobs['engagement.settleReplies'],
): Promise<void> =>
  inTransaction(app, async (app) => {
    const last = await reconcileEach(
      app,
      await queries.findEvery(app.db, { parentId: commentId }, after, AT_ONCE),
    );
    if (last) await enqueue(app, 'engagement.settleReplies', { commentId, after: last });
  });

/** The position to continue from; null at the end. All comments belong to one post. */
async function reconcileEach(app: App, comments: (CommentSource & Position)[]): Promise<Position | null> {
  const [first, last] = [comments[0], comments.at(-1)];
  if (!first || !last) return null;
  const postAuthorId = await findPostAuthor(app, first.postId);
  if (postAuthorId === null) return null;
  for (const comment of comments) await reconcileComment(app, comment, postAuthorId);
  return comments.length === AT_ONCE ? { at: last.at, id: last.id } : null;
}
