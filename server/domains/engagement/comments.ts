import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import { holdComment, holdPost } from '../../core/locks.ts';
import { requireVisiblePost } from '../posts/service.ts';
import { relationshipsOf } from '../social/view.ts';
import * as queries from './commentQueries.ts';
import { presentComments } from './commentView.ts';
import type { CommentEdit, CommentRef, CommentView, NewComment } from './contract.ts';
import { rememberMentions } from './mentions.ts';
import { settleComment } from './settling.ts';
import { addComment, changeStanding } from './standing.ts';

type Post = Awaited<ReturnType<typeof requireVisiblePost>>;

/** A reply to a reply is stored next to it, under the same top-level comment. */
export const commentOn = (app: App, viewer: Viewer, { postId, body, parentId }: NewComment) =>
  inTransaction(app, async (app) => {
    const post = await requireVisiblePost(app, viewer, postId);
    const answered =
      parentId === undefined ? null : await requireComment(app, viewer, { postId, commentId: parentId });
    await requireOpenComments(app, viewer, post);
    const under = answered && (answered.parentId ?? answered.id);
    const row = { postId, authorId: viewer.id, parentId: under, body };
    await holdPost(app.db, postId);
    const twin = await queries.findTwin(app.db, row);
    if (twin) return requirePresented(app, viewer, twin.id);
    const comment = await addComment(app, row);
    if (!comment) throw notFound();
    await rememberMentions(app, comment);
    await settleComment(app, comment, post.authorId);
    return requirePresented(app, viewer, comment.id);
  });

/** The author of the post may always comment. */
async function requireOpenComments(
  app: App,
  viewer: Viewer,
  { authorId, commentPolicy }: Post,
): Promise<void> {
  if (authorId === viewer.id || commentPolicy === 'everyone') return;
  const isFollower =
    commentPolicy === 'followers' &&
    (await relationshipsOf(app, viewer.id, [authorId])).get(authorId)?.following;
  if (!isFollower) throw new CielError('comments_closed');
}

/** Throws `not_found` unless the viewer may see this comment under this post, and the comment it replies to. */
export async function requireComment(
  app: App,
  viewer: Viewer | null,
  { postId, commentId }: CommentRef,
): Promise<queries.CommentRow> {
  const comment = await queries.findVisibleComment(app.db, viewer?.id ?? null, postId, commentId);
  if (!comment) throw notFound();
  if (comment.parentId !== null) await requireComment(app, viewer, { postId, commentId: comment.parentId });
  return comment;
}

async function requirePresented(app: App, viewer: Viewer, commentId: string): Promise<CommentView> {
  const view = (await presentComments(app, viewer.id, [commentId])).get(commentId);
  if (!view) throw notFound();
  return view;
}

/** Keeps the previous text; an edit that changes nothing is not recorded. */
export const editComment = (app: App, viewer: Viewer, { body, ...ref }: CommentEdit): Promise<CommentView> =>
  inTransaction(app, async (app) => {
    const post = await requireVisiblePost(app, viewer, ref.postId);
    await requireComment(app, viewer, ref);
    const before = await holdComment(app.db, ref.commentId);
    if (before?.authorId !== viewer.id || before.deletedAt) throw notFound();
    if (body !== before.body) {
      await queries.rewriteComment(app.db, before, body);
      const added = await rememberMentions(app, { ...before, body });
      await settleComment(app, before, post.authorId, added);
    }
    return requirePresented(app, viewer, ref.commentId);
  });

/** Allowed for the comment's author and the post's author. Deletes the replies too; deleting it again changes nothing. */
export const deleteComment = (app: App, viewer: Viewer, { postId, commentId }: CommentRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const post = await requireVisiblePost(app, viewer, postId);
    const comment = await queries.findComment(app.db, commentId);
    const isTheirs = comment?.authorId === viewer.id || post.authorId === viewer.id;
    if (comment?.postId !== postId || !isTheirs) throw notFound();
    if (!(await queries.isShown(app.db, viewer.id, commentId))) throw notFound();
    const isGone = await changeStanding(app, comment, ({ deletedAt }) =>
      deletedAt ? {} : { deletedAt: new Date() },
    );
    if (isGone) await settleComment(app, comment, post.authorId);
  });
