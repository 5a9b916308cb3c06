import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { enqueue } from '../../core/outbox.ts';
import { placeBeforeResponse, requireUsableMedia } from '../media/public.ts';
import { adjustCounts, readSettings } from '../users/public.ts';
import { findPostsTagged } from './captions/queries.ts';
import { reconcilePost, saveHashtagsAndMentions } from './captions/service.ts';
import type { NewPost, PostRef, PostView, TaggedInput } from './contract.ts';
import { placeMediaOf, presentPosts } from './public.ts';
import * as queries from './queries.ts';

export async function createPost(app: App, viewer: Viewer, post: NewPost): Promise<PostView> {
  const view = await insertPost(app, viewer, post);
  const isPlaced = view.status === 'published' && (await placeBeforeResponse(app, post.mediaIds));
  return isPlaced ? requirePresented(app, viewer, view.id) : view;
}

const insertPost = (app: App, viewer: Viewer, { mediaIds, ...post }: NewPost): Promise<PostView> =>
  inTransaction(app, async (app) => {
    const media = await requireUsableMedia(app, viewer.id, mediaIds);
    const commentPolicy = post.commentPolicy ?? (await readSettings(app, viewer.id)).commentPolicy;
    const row = { ...post, commentPolicy, authorId: viewer.id };
    const duplicateId = await queries.findDuplicate(app.db, row, mediaIds);
    if (duplicateId) return requirePresented(app, viewer, duplicateId);
    const inserted = await queries.insertPost(
      app.db,
      row,
      media.map(({ id, altText }) => ({ mediaId: id, altText })),
    );
    const postId = inserted.id;
    await saveHashtagsAndMentions(app, inserted);
    await publish(app, postId);
    return requirePresented(app, viewer, postId);
  });

/** Publishes the posts for which this was the last photo to become ready, in the transaction that completes it. */
export const publishReadyPosts = (app: App, mediaId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    for (const { id } of await queries.holdWaitingPosts(app.db, mediaId)) await publish(app, id);
  });

/** Does nothing while a photo is not ready. Exactly one call publishes a post, so it is counted once. */
export async function publish(app: App, postId: string): Promise<void> {
  const post = await queries.publishPost(app.db, postId);
  if (!post) return;
  if (!post.takenDownAt) await adjustCounts(app, post.authorId, { posts: 1 });
  await enqueue(app, 'feed.fanOut', { postId, afterReaderId: null });
  await reconcilePost(app, post);
  if (post.commentCount > 0) await enqueue(app, 'engagement.settleComments', { postId, after: null });
  await placeMediaOf(app, postId);
}

export const readPost = (app: App, viewer: Viewer | null, { postId }: PostRef): Promise<PostView> =>
  requirePresented(app, viewer, postId);

export async function requirePresented(app: App, viewer: Viewer | null, postId: string): Promise<PostView> {
  const view = (await presentPosts(app, viewer?.id ?? null, [postId])).get(postId);
  if (!view) throw notFound();
  return view;
}

/** An unused hashtag and one that only hidden posts use both return an empty list. */
export function listPostsTagged(
  app: App,
  viewer: Viewer | null,
  { tag, ...input }: TaggedInput,
): Promise<Page<PostView>> {
  const viewerId = viewer?.id ?? null;
  return listPage(app, {
    scope: ['hashtag', tag, viewerId],
    input,
    ids: (after, count) => findPostsTagged(app.db, tag, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewerId,
        rows.map(({ id }) => id),
      ),
  });
}
