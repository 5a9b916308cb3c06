import type { App } from '../../../core/app.ts';
import { holdComment, holdPost } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { adjustCommentCount } from '../../posts/public.ts';
import * as queries from '../comments/queries.ts';

/**
 * The only place that changes comment counts. A post counts its active comments and replies: neither deleted nor
 * taken down, nor under a comment that is. A comment counts its replies that are neither deleted nor taken down.
 */
const isActive = ({ deletedAt, takenDownAt }: queries.CommentRow) => !deletedAt && !takenDownAt;

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
