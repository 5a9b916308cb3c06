import type { App } from '../../core/app.ts';
import { visibleStory } from '../../core/visibility.ts';
import type { MediaView } from '../media/contract.ts';
import { presentMedia } from '../media/view.ts';
import { presentCard } from '../users/view.ts';
import type { StoryView } from './contract.ts';
import { findStories, type StoryRule } from './queries.ts';

type FoundStory = Awaited<ReturnType<typeof findStories>>[number];

/** Those of the stories that the viewer may see, by id; a list may have a stricter rule of its own. */
export async function presentStories(
  app: App,
  viewerId: string | null,
  ids: string[],
  rule: StoryRule = visibleStory,
): Promise<Map<string, StoryView>> {
  const found = await findStories(app.db, viewerId, ids, rule);
  const media = await presentMedia(app, [...new Set(found.flatMap(({ story }) => story.mediaId ?? []))]);
  const views = await Promise.all(
    found.map((row) => present(app, viewerId, row, media.get(row.story.mediaId ?? ''))),
  );
  return new Map(views.flatMap((view) => (view ? [[view.id, view]] : [])));
}

/** Null when the story and its photo were deleted between the two queries. */
async function present(
  app: App,
  viewerId: string | null,
  { story, author, isSeen, reaction }: FoundStory,
  media: MediaView | undefined,
): Promise<StoryView | null> {
  if (!media) return null;
  const isOwn = story.authorId === viewerId;
  return {
    id: story.id,
    author: await presentCard(app, author),
    media,
    caption: story.caption,
    visibility: story.visibility,
    status: story.publishedAt ? 'published' : media.status === 'failed' ? 'failed' : 'processing',
    createdAt: story.createdAt,
    expiresAt: story.expiresAt,
    viewCount: isOwn ? story.viewCount : null,
    ...(viewerId === null ? {} : { seenByViewer: isOwn || isSeen, reactionByViewer: reaction }),
  };
}
