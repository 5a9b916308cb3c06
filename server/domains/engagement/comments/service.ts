import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { holdComment, holdPost } from '../../../core/locks.ts';
import { requireVisiblePost } from '../../posts/public.ts';
import { relationshipsOf } from '../../social/public.ts';
import { addComment, changeState, reconcileComment } from '../commentState/service.ts';
import type { CommentEdit, CommentRef, CommentsInput, CommentView, NewComment, Thread } from '../contract.ts';
import { saveMentions } from '../mentions/service.ts';
import * as queries from './queries.ts';
import { findCommentsOfPost, findReplies } from './queries.ts';
import { presentComments, presentThreads } from './view.ts';

type Post = Awaited<ReturnType<typeof requireVisiblePost>>;

/** A reply to a reply is stored next to it, under the same top-level comment. */
export const createComment = (app: App, viewer: Viewer, { postId, body, parentId }: NewComment) =>
  inTransaction(app, async (app) => {
    const post = await requireVisiblePost(app, viewer, postId);
    const answered =
      parentId === undefined ? null : await requireComment(app, viewer, { postId, commentId: parentId });
    await requireOpenComments(app, viewer, post);
    const under = answered && (answered.parentId ?? answered.id);
    const row = { postId, authorId: viewer.id, parentId: under, body };
    await holdPost(app.db, postId);
    const duplicate = await queries.findDuplicate(app.db, row);
    if (duplicate) return requirePresented(app, viewer, duplicate.id);
    const comment = await addComment(app, row);
    if (!comment) throw notFound();
    await saveMentions(app, comment);
    await reconcileComment(app, comment, post.authorId);
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
      const added = await saveMentions(app, { ...before, body });
      await reconcileComment(app, before, post.authorId, added);
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
    const isGone = await changeState(app, comment, ({ deletedAt }) =>
      deletedAt ? {} : { deletedAt: new Date() },
    );
    if (isGone) await reconcileComment(app, comment, post.authorId);
  });

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
