import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { listPage } from '../../core/lists.ts';
import { holdStory } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { visibleStory } from '../../core/visibility.ts';
import type { MediaView } from '../media/contract.ts';
import { presentMedia } from '../media/public.ts';
import { presentCard } from '../users/public.ts';
import type { StoryView } from './contract.ts';
import { findHighlightsOf } from './highlights/queries.ts';
import { presentHighlights } from './highlights/view.ts';
import { findReactionsBy, findViewsBy } from './interactions/queries.ts';
import {
  addToViewCount,
  deleteReactionsBy,
  deleteStories,
  deleteViewsBy,
  deleteViewsOf,
  findStoriesBy,
} from './purge/queries.ts';
import * as queries from './queries.ts';
import { findAllStoriesOf, findStories, type StoryRule } from './queries.ts';

const STORIES_AT_ONCE = 20;
const VIEWS_AT_ONCE = 5000;
const INTERACTIONS_AT_ONCE = 200;

/** Deletes a batch of the views and reactions of a user who is being purged; returns how many, 0 when none are left. */
export const retractStoryInteractionsOf = (app: App, userId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const viewed = await deleteViewsBy(app.db, userId, INTERACTIONS_AT_ONCE);
    if (viewed.length > 0) return uncount(app, viewed);
    const reacted = await deleteReactionsBy(app.db, userId, INTERACTIONS_AT_ONCE);
    for (const { storyId, authorId } of reacted) {
      await enqueue(app, 'notifications.settle', {
        notice: {
          kind: 'storyReaction',
          recipientId: authorId,
          actorId: userId,
          subjectId: storyId,
          sourceId: userId,
        },
      });
    }
    return reacted.length;
  });

/** Purges a batch of the user's stories; returns how many rows, 0 when none are left. */
export const purgeStoriesOf = (app: App, authorId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const ids = await findStoriesBy(app.db, authorId, STORIES_AT_ONCE);
    return ids.length === 0 ? 0 : purgeStories(app, ids);
  });

/** Deletes views in batches, then purges the stories with everything that depends on them except photos; returns how many rows. */
export async function purgeStories(app: App, ids: string[]): Promise<number> {
  const views = await deleteViewsOf(app.db, ids, VIEWS_AT_ONCE);
  if (views.length > 0) return uncount(app, views);
  await deleteStories(app.db, ids);
  return ids.length;
}

/** Updates the stories in the order of their ids, the order in which several are locked. */
async function uncount(app: App, storyIds: string[]): Promise<number> {
  const counts = new Map<string, number>();
  for (const id of storyIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const id of [...counts.keys()].sort()) await addToViewCount(app.db, id, -counts.get(id)!);
  return storyIds.length;
}

interface PageInput {
  limit: number;
  cursor?: string | undefined;
}

/** Includes expired stories that are still kept. */
export const listOwnStories = (app: App, viewer: Viewer, input: PageInput) =>
  listPage(app, {
    scope: ['export stories', viewer.id],
    input,
    ids: (after, count) => findAllStoriesOf(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentStories(
        app,
        viewer.id,
        rows.map(({ id }) => id),
      ),
  });

export const listOwnHighlights = (app: App, viewer: Viewer, input: PageInput) =>
  listPage(app, {
    scope: ['export highlights', viewer.id],
    input,
    ids: (after, count) => findHighlightsOf(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const shown = await presentHighlights(app, viewer.id, ids);
      return new Map([...shown].map(([id, { view, storyIds }]) => [id, { ...view, storyIds }]));
    },
  });

/** Only reactions to stories that the viewer may still see. */
export const listOwnReactions = (app: App, viewer: Viewer, input: PageInput) =>
  listPage(app, {
    scope: ['export story reactions', viewer.id],
    input,
    ids: (after, count) => findReactionsBy(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const visible = await presentStories(app, viewer.id, ids);
      return new Map(
        rows.flatMap(({ id, emoji, reactedAt }) =>
          visible.has(id) ? [[id, { storyId: id, emoji, reactedAt }]] : [],
        ),
      );
    },
  });

/** Only views of stories that the viewer may still see. */
export const listOwnViews = (app: App, viewer: Viewer, input: PageInput) =>
  listPage(app, {
    scope: ['export story views', viewer.id],
    input,
    ids: (after, count) => findViewsBy(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const visible = await presentStories(app, viewer.id, ids);
      return new Map(
        rows.flatMap(({ id, seenAt }) => (visible.has(id) ? [[id, { storyId: id, seenAt }]] : [])),
      );
    },
  });

type FoundStory = Awaited<ReturnType<typeof findStories>>[number];

/** Those of the stories that the viewer may see, by id; a list may have a stricter rule of its own. */
export async function presentStories(
  app: App,
  viewerId: string | null,
  ids: string[],
  rule: StoryRule = visibleStory,
): Promise<Map<string, StoryView>> {
  const found = await findStories(app.db, viewerId, ids, rule);
  const media = await presentMedia(app, viewerId, [
    ...new Set(found.flatMap(({ story }) => story.mediaId ?? [])),
  ]);
  const views = found.map((row) => present(app, viewerId, row, media.get(row.story.mediaId ?? '')));
  return new Map(views.flatMap((view) => (view ? [[view.id, view]] : [])));
}

/** Null when the story and its photo were deleted between the two queries. */
function present(
  app: App,
  viewerId: string | null,
  { story, author, isSeen, reaction }: FoundStory,
  media: MediaView | undefined,
): StoryView | null {
  if (!media) return null;
  const isOwn = story.authorId === viewerId;
  return {
    id: story.id,
    author: presentCard(app, viewerId, author),
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

/** Takes the story down or restores it; false when nothing changes. */
export const setStoryTakenDown = (app: App, storyId: string, isTakenDown: boolean): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const story = await holdStory(app.db, storyId);
    if (!story || (story.takenDownAt !== null) === isTakenDown) return false;
    await queries.setTakenDown(app.db, storyId, isTakenDown);
    if (story.mediaId !== null) await enqueue(app, 'media.place', { mediaIds: [story.mediaId] });
    return true;
  });
