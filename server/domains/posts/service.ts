import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { holdPost } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { deleteUnusedMedia, requireUsableMedia } from '../media/service.ts';
import { adjustCounts, readSettings } from '../users/service.ts';
import type { NewPost, PostRef, PostView } from './contract.ts';
import { findLivePostsBy } from './erasureQueries.ts';
import * as queries from './queries.ts';
import { forgetTags, rememberTags, settlePost } from './tagging.ts';
import { presentPosts } from './view.ts';

export { erasePosts } from './erasure.ts';

export const createPost = (app: App, viewer: Viewer, { mediaIds, ...post }: NewPost): Promise<PostView> =>
  inTransaction(app, async (app) => {
    await requireUsableMedia(app, viewer.id, mediaIds);
    const commentPolicy = post.commentPolicy ?? (await readSettings(app, viewer.id)).commentPolicy;
    const row = { ...post, commentPolicy, authorId: viewer.id };
    const twinId = await queries.findTwin(app.db, row, mediaIds);
    if (twinId) return requirePresented(app, viewer, twinId);
    const inserted = await queries.insertPost(app.db, row, mediaIds);
    const postId = inserted.id;
    await rememberTags(app, inserted);
    await publish(app, postId);
    return requirePresented(app, viewer, postId);
  });

/** Publishes the posts for which this was the last photo to become ready, in the transaction that completes it. */
export const publishReadyPosts = (app: App, mediaId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    for (const { id } of await queries.holdWaitingPosts(app.db, mediaId)) await publish(app, id);
  });

/** Does nothing while a photo is not ready. Exactly one call publishes a post, so it is counted once. */
async function publish(app: App, postId: string): Promise<void> {
  const post = await queries.publishPost(app.db, postId);
  if (!post) return;
  if (!post.takenDownAt) await adjustCounts(app, post.authorId, { posts: 1 });
  await enqueue(app, 'feed.fanOut', { postId, afterReaderId: null });
  await settlePost(app, post);
  if (post.commentCount > 0) await enqueue(app, 'engagement.settleComments', { postId, after: null });
  await placeMediaOf(app, postId);
}

/** To be called after every change of who may see the photos of a post. */
export async function placeMediaOf(app: App, postId: string): Promise<void> {
  const media = await queries.findMediaOfPost(app.db, postId);
  await enqueue(app, 'media.place', { mediaIds: media.map(({ mediaId }) => mediaId) });
}

/** Throws `not_found` when the viewer may not see the post or it does not exist. */
export async function requireVisiblePost(
  app: App,
  viewer: Viewer | null,
  postId: string,
): Promise<queries.PostRow> {
  const post = await queries.findVisiblePost(app.db, viewer?.id ?? null, postId);
  if (!post) throw notFound();
  return post;
}

export const readPost = (app: App, viewer: Viewer | null, { postId }: PostRef): Promise<PostView> =>
  requirePresented(app, viewer, postId);

export async function requirePresented(app: App, viewer: Viewer | null, postId: string): Promise<PostView> {
  const view = (await presentPosts(app, viewer?.id ?? null, [postId])).get(postId);
  if (!view) throw notFound();
  return view;
}

/**
 * Deleting it again changes nothing. The photos are deleted with it, except those used elsewhere and those of a post that was taken
 * down, which are evidence.
 */
export const deletePost = (app: App, viewer: Viewer, { postId }: PostRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const post = await holdPost(app.db, postId, viewer.id);
    if (!post) throw notFound();
    if (post.deletedAt) return;
    await queries.markDeleted(app.db, postId);
    if (!post.takenDownAt) await letMediaGo(app, postId);
    const mentioned = await forgetTags(app, post);
    if (!post.publishedAt) return;
    if (!post.takenDownAt) await adjustCounts(app, viewer.id, { posts: -1 });
    await settlePost(app, post, mentioned);
  });

async function letMediaGo(app: App, postId: string): Promise<void> {
  const mediaIds = await queries.detachMedia(app.db, postId);
  await deleteUnusedMedia(app, mediaIds);
  await enqueue(app, 'media.place', { mediaIds });
}

const DELETED_AT_ONCE = 20;

/** Deletes a batch of the posts of a deleted user; returns how many, 0 when none are left. */
export async function deletePostsOf(app: App, author: Viewer): Promise<number> {
  const postIds = await findLivePostsBy(app.db, author.id, DELETED_AT_ONCE);
  for (const postId of postIds) await deletePost(app, author, { postId });
  return postIds.length;
}

/**
 * Takes a post down or restores it; false when nothing changes. Throws `not_found`. A user's post count covers published posts that
 * are neither deleted nor taken down.
 */
export const setPostTakenDown = (app: App, postId: string, isTakenDown: boolean): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const post = await holdPost(app.db, postId);
    if (!post) throw notFound();
    if ((post.takenDownAt !== null) === isTakenDown) return false;
    await queries.markTakenDown(app.db, postId, isTakenDown);
    const isCounted = post.publishedAt !== null && post.deletedAt === null;
    if (isCounted) {
      await adjustCounts(app, post.authorId, { posts: isTakenDown ? -1 : 1 });
      await settlePost(app, post);
    }
    await placeMediaOf(app, postId);
    return true;
  });

/** Returns the new count of likes; the caller writes the like itself, in the same transaction. */
export const adjustLikeCount = (app: App, postId: string, change: number): Promise<number> =>
  queries.addToLikeCount(app.db, postId, change);

/** The same for comments; the caller holds the post. */
export const adjustCommentCount = (app: App, postId: string, change: number): Promise<void> =>
  queries.addToCommentCount(app.db, postId, change);

/** Does not check visibility; null when the post does not exist. */
export const postAuthor = (app: App, postId: string): Promise<string | null> =>
  queries.findAuthor(app.db, postId);
