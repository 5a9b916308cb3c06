import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdPost } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { visiblePost } from '../../core/visibility.ts';
import type { MediaView } from '../media/contract.ts';
import { presentMedia, purgeUnusedMedia } from '../media/public.ts';
import { adjustCounts, presentCard, requireOpenAccount } from '../users/public.ts';
import { findBookmarks } from './bookmarks/queries.ts';
import { clearHashtagsAndMentions, reconcilePost } from './captions/service.ts';
import type { Bookmark, BookmarksInput, PostRef, PostView, UserPostsInput } from './contract.ts';
import {
  deletePosts,
  findActivePostsBy,
  findMediaOf,
  findPurgeablePosts,
  type Purgeable,
} from './purge/queries.ts';
import * as queries from './queries.ts';
import { findPosts, findPostsOfUser, type PostRule } from './queries.ts';

const POSTS_AT_ONCE = 20;

/**
 * Purges a few deleted posts with everything that depends on them; returns how many rows, 0 when none are left. Likes and comments can
 * be too many for one statement, and other users have points for them, so `clear` is called first, until it returns 0. The photos have
 * been deleted before, except those of posts that were taken down, which are deleted now.
 */
export const purgePosts = (
  app: App,
  which: Purgeable,
  clear: (app: App, postIds: string[]) => Promise<number>,
): Promise<number> =>
  inTransaction(app, async (app) => {
    const ids = await findPurgeablePosts(app.db, which, POSTS_AT_ONCE);
    if (ids.length === 0) return 0;
    const cleared = await clear(app, ids);
    if (cleared > 0) return cleared;
    const evidence = await findMediaOf(app.db, ids);
    await deletePosts(app.db, ids);
    await purgeUnusedMedia(app, evidence);
    return ids.length;
  });

type FoundPost = Awaited<ReturnType<typeof findPosts>>[number];

/** Those of the posts that the viewer may see, by id; a list may have a stricter rule of its own. */
export async function presentPosts(
  app: App,
  viewerId: string | null,
  ids: string[],
  rule: PostRule = visiblePost,
): Promise<Map<string, PostView>> {
  const found = await findPosts(app.db, viewerId, ids, rule);
  const shown = await presentMedia(app, viewerId, [
    ...new Set(found.flatMap(({ media }) => media.map(({ mediaId }) => mediaId))),
  ]);
  const views = found.map((post) => present(app, viewerId, post, shown));
  return new Map(views.flatMap((view) => (view ? [[view.id, view]] : [])));
}

/** Null when the post and its photos were deleted between the two queries. */
function present(
  app: App,
  viewerId: string | null,
  { post, author, media, isShown, isLiked, isBookmarked }: FoundPost,
  views: Map<string, MediaView>,
): PostView | null {
  const shown = media.flatMap(({ mediaId, altText }) => {
    const view = views.get(mediaId);
    return view ? [{ ...view, altText }] : [];
  });
  if (shown.length === 0 || shown.length < media.length) return null;
  return {
    id: post.id,
    author: presentCard(app, viewerId, author),
    caption: post.caption,
    visibility: post.visibility,
    commentPolicy: post.commentPolicy,
    status: isShown ? statusOf(post, shown) : 'takenDown',
    media: shown,
    likeCount: post.likeCount,
    commentCount: post.commentCount,
    createdAt: post.createdAt,
    editedAt: post.editedAt,
    ...(viewerId === null ? {} : { likedByViewer: isLiked, bookmarkedByViewer: isBookmarked }),
  };
}

function statusOf({ publishedAt, takenDownAt }: FoundPost['post'], media: MediaView[]): PostView['status'] {
  if (takenDownAt) return 'takenDown';
  if (publishedAt) return 'published';
  return media.some(({ status }) => status === 'failed') ? 'failed' : 'processing';
}

export async function listPostsOfUser(
  app: App,
  viewer: Viewer | null,
  { userId, ...input }: UserPostsInput,
): Promise<Page<PostView>> {
  const viewerId = viewer?.id ?? null;
  await requireOpenAccount(app, viewerId, userId);
  return listPage(app, {
    scope: ['posts', userId, viewerId],
    input,
    ids: (after, count) => findPostsOfUser(app.db, userId, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewerId,
        rows.map(({ id }) => id),
      ),
  });
}

export const listBookmarks = (app: App, viewer: Viewer, input: BookmarksInput): Promise<Page<Bookmark>> =>
  listPage(app, {
    scope: ['bookmarks', viewer.id],
    input,
    ids: (after, count) => findBookmarks(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const posts = await presentPosts(
        app,
        viewer.id,
        rows.map(({ id }) => id),
      );
      return new Map(
        rows.flatMap(({ id, bookmarkedAt }) => {
          const post = posts.get(id);
          return post ? [[id, { post, bookmarkedAt }]] : [];
        }),
      );
    },
  });

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
    if (!post.takenDownAt) await releaseMedia(app, postId);
    const mentioned = await clearHashtagsAndMentions(app, post);
    if (!post.publishedAt) return;
    if (!post.takenDownAt) await adjustCounts(app, viewer.id, { posts: -1 });
    await reconcilePost(app, post, mentioned);
  });

async function releaseMedia(app: App, postId: string): Promise<void> {
  const mediaIds = await queries.detachMedia(app.db, postId);
  await purgeUnusedMedia(app, mediaIds);
  await enqueue(app, 'media.place', { mediaIds });
}

const DELETED_AT_ONCE = 20;

/** Deletes a batch of the posts of a deleted user; returns how many, 0 when none are left. */
export async function deletePostsOf(app: App, author: Viewer): Promise<number> {
  const postIds = await findActivePostsBy(app.db, author.id, DELETED_AT_ONCE);
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
      await reconcilePost(app, post);
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
export const findPostAuthor = (app: App, postId: string): Promise<string | null> =>
  queries.findAuthor(app.db, postId);
