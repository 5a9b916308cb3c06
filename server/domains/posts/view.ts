import type { App } from '../../core/app.ts';
import { visiblePost } from '../../core/visibility.ts';
import type { MediaView } from '../media/contract.ts';
import { presentMedia } from '../media/view.ts';
import { presentCard } from '../users/view.ts';
import type { PostView } from './contract.ts';
import { findPosts, type PostRule } from './queries.ts';

export { hashtagsOf } from './hashtags.ts';

type FoundPost = Awaited<ReturnType<typeof findPosts>>[number];

/** Those of the posts that the viewer may see, by id; a list may have a stricter rule of its own. */
export async function presentPosts(
  app: App,
  viewerId: string | null,
  ids: string[],
  rule: PostRule = visiblePost,
): Promise<Map<string, PostView>> {
  const found = await findPosts(app.db, viewerId, ids, rule);
  const media = await presentMedia(app, [...new Set(found.flatMap(({ mediaIds }) => mediaIds))]);
  const views = await Promise.all(found.map((post) => present(app, viewerId, post, media)));
  return new Map(views.flatMap((view) => (view ? [[view.id, view]] : [])));
}

/** Null when the post and its photos were deleted between the two queries. */
async function present(
  app: App,
  viewerId: string | null,
  { post, author, mediaIds, isLiked, isBookmarked }: FoundPost,
  media: Map<string, MediaView>,
): Promise<PostView | null> {
  const shown = mediaIds.flatMap((id) => media.get(id) ?? []);
  if (shown.length === 0 || shown.length < mediaIds.length) return null;
  return {
    id: post.id,
    author: await presentCard(app, author),
    caption: post.caption,
    visibility: post.visibility,
    commentPolicy: post.commentPolicy,
    status: statusOf(post, shown),
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
