import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { badField, notFound } from '../../../core/errors.ts';
import { holdPost } from '../../../core/locks.ts';
import { reconcilePost, saveHashtagsAndMentions } from '../captions/service.ts';
import type { PostEdit, PostView } from '../contract.ts';
import { placeMediaOf } from '../public.ts';
import * as queries from '../queries.ts';
import { requirePresented } from '../service.ts';

/** Keeps the previous version; an edit that changes nothing is ignored. */
export const editPost = (
  app: App,
  viewer: Viewer,
  { postId, media, ...change }: PostEdit,
): Promise<PostView> =>
  inTransaction(app, async (app) => {
    const post = await holdPost(app.db, postId, viewer.id);
    if (!post || post.deletedAt) throw notFound();
    const before = await queries.findMediaOfPost(app.db, postId);
    const after = media ? arrange(before, media) : before;
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
      const mentioned = await saveHashtagsAndMentions(app, { ...post, caption });
      if (post.publishedAt) await reconcilePost(app, post, mentioned);
    }
    if (visibility !== post.visibility) await placeMediaOf(app, postId);
    return requirePresented(app, viewer, postId);
  });

/** Throws unless the new order holds the same photos, each once. */
function arrange(before: queries.PostMedium[], media: NonNullable<PostEdit['media']>): queries.PostMedium[] {
  const known = new Map(before.map(({ mediaId, altText }) => [mediaId, altText]));
  const named = new Set(media.map(({ mediaId }) => mediaId));
  const isSameSet =
    named.size === media.length &&
    named.size === known.size &&
    before.every(({ mediaId }) => named.has(mediaId));
  if (!isSameSet) throw badField('media', 'must name each photo of the post once');
  return media.map(({ mediaId, altText }) => ({ mediaId, altText: altText ?? known.get(mediaId)! }));
}
