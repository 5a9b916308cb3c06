import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { badField, notFound } from '../../../core/errors.ts';
import { holdOwnMedia, holdPost } from '../../../core/locks.ts';
import { placeBeforeResponse, purgeUnusedMedia, requireUsableMedia } from '../../media/public.ts';
import { reconcilePost, saveHashtagsAndMentions } from '../captions/service.ts';
import type { PostEdit, PostView } from '../contract.ts';
import { placeMediaOf } from '../public.ts';
import * as queries from '../queries.ts';
import { publish, requirePresented } from '../service.ts';

/**
 * Keeps the previous version; an edit that changes nothing is ignored. Publishes the post when no photo is missing any more. A photo that
 * was replaced or dropped is deleted unless it is used elsewhere.
 */
export async function editPost(app: App, viewer: Viewer, edit: PostEdit): Promise<PostView> {
  const view = await changePost(app, viewer, edit);
  const mediaIds = view.media.map(({ id }) => id);
  const isPlaced =
    edit.visibility !== undefined &&
    view.status === 'published' &&
    (await placeBeforeResponse(app, mediaIds));
  return isPlaced ? requirePresented(app, viewer, view.id) : view;
}

const changePost = (app: App, viewer: Viewer, { postId, media, ...change }: PostEdit): Promise<PostView> =>
  inTransaction(app, async (app) => {
    const post = await holdPost(app.db, postId, viewer.id);
    if (!post || post.deletedAt) throw notFound();
    const before = await queries.findMediaOfPost(app.db, postId);
    const after = media ? await arrange(app, viewer, { postId, before }, media) : before;
    const {
      caption = post.caption,
      visibility = post.visibility,
      commentPolicy = post.commentPolicy,
    } = change;
    const isChanged =
      caption !== post.caption ||
      visibility !== post.visibility ||
      commentPolicy !== post.commentPolicy ||
      JSON.stringify(after) !== JSON.stringify(before);
    if (isChanged) {
      await queries.insertEdit(app.db, post, before);
      await queries.updatePost(app.db, postId, { caption, visibility, commentPolicy });
      await queries.replaceMedia(app.db, postId, after);
      const dropped = without(before, after);
      if (dropped.length > 0 && !post.takenDownAt) await purgeUnusedMedia(app, dropped);
      const mentioned = await saveHashtagsAndMentions(app, { ...post, caption });
      if (post.publishedAt) await reconcilePost(app, post, mentioned);
      else await publish(app, postId);
    }
    if (visibility !== post.visibility) await placeMediaOf(app, postId);
    return requirePresented(app, viewer, postId);
  });

type Arranged = NonNullable<PostEdit['media']>;

/**
 * The photos in their new order. Those that failed may be left out, or replaced by others of the author. Throws when another photo is
 * missing or more are added than left out, and what `requireUsableMedia` throws.
 */
async function arrange(
  app: App,
  viewer: Viewer,
  { postId, before }: { postId: string; before: queries.PostMedium[] },
  media: Arranged,
): Promise<queries.PostMedium[]> {
  const texts = new Map(before.map(({ mediaId, altText }) => [mediaId, altText]));
  const dropped = without(before, media);
  const added = without(media, before);
  if (dropped.length + added.length > 0) {
    // Those that are deleted afterwards too, because several are locked in the order of their ids.
    await holdOwnMedia(app.db, viewer.id, [...dropped, ...added]);
    const failed = await queries.findFailedOfPost(app.db, postId);
    if (added.length > dropped.length || !dropped.every((id) => failed.has(id)))
      throw badField(
        'media',
        'must name each photo of the post; only one that failed can be replaced or left out',
      );
    const places = media.flatMap(({ mediaId }, place) => (texts.has(mediaId) ? [] : [place]));
    const fieldOf = (at: number) => `media.${places[at]}.mediaId`;
    const usable = added.length > 0 ? await requireUsableMedia(app, viewer.id, added, fieldOf) : [];
    for (const { id, altText } of usable) texts.set(id, altText);
  }
  if (new Set(media.map(({ mediaId }) => mediaId)).size < media.length)
    throw badField('media', 'must name each photo once');
  return media.map(({ mediaId, altText }) => ({ mediaId, altText: altText ?? texts.get(mediaId)! }));
}

/** The ids that only the first list has. */
const without = (media: { mediaId: string }[], others: { mediaId: string }[]): string[] => {
  const known = new Set(others.map(({ mediaId }) => mediaId));
  return media.flatMap(({ mediaId }) => (known.has(mediaId) ? [] : [mediaId]));
};
