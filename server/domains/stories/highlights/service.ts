import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { badField, CielError, notFound } from '../../../core/errors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { holdHighlightsWith, holdOwnHighlight, holdStory } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { refuseTakenDown } from '../../takedowns/public.ts';
import { requireOpenAccount } from '../../users/public.ts';
import type {
  Highlight,
  HighlightEdit,
  HighlightRef,
  HighlightStoryRef,
  HighlightWithStories,
  NewHighlight,
  UserStoriesInput,
} from '../contract.ts';
import { presentStories } from '../public.ts';
import { findStory } from '../queries.ts';
import * as queries from './queries.ts';
import { presentHighlights } from './view.ts';

const MAX_STORIES = 100;
const PLACED_BY_ONE_JOB = 10;

/** Works for expired stories that are still kept, too. A story is always locked before its highlights. */
export const highlightStory = (
  app: App,
  viewer: Viewer,
  { storyId, highlightName }: NewHighlight,
): Promise<Highlight> =>
  inTransaction(app, async (app) => {
    const story = await holdStory(app.db, storyId);
    if (story?.authorId !== viewer.id || story.deletedAt) throw notFound();
    if (story.mediaId) await refuseTakenDown(app, viewer.id, [story.mediaId], () => 'storyId');
    const id = await queries.holdHighlight(app.db, viewer.id, highlightName);
    if (!(await queries.isIn(app.db, id, storyId))) {
      if ((await queries.countStories(app.db, id)) >= MAX_STORIES)
        throw new CielError('conflict', { detail: `A highlight can have up to ${MAX_STORIES} stories` });
      await queries.insertIntoHighlight(app.db, id, storyId);
    }
    return (await requireShown(app, viewer, id)).view;
  });

/** Highlights with a story that the viewer may see. */
export async function listHighlights(
  app: App,
  viewer: Viewer | null,
  { userId, ...input }: UserStoriesInput,
): Promise<Page<Highlight>> {
  const viewerId = viewer?.id ?? null;
  await requireOpenAccount(app, viewerId, userId);
  return listPage(app, {
    scope: ['highlights', userId, viewerId],
    input,
    ids: (after, count) => queries.findHighlightsOf(app.db, userId, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const shown = await presentHighlights(app, viewerId, ids);
      return new Map([...shown].map(([id, { view }]) => [id, view]));
    },
  });
}

export async function readHighlight(
  app: App,
  viewer: Viewer | null,
  { highlightId }: HighlightRef,
): Promise<HighlightWithStories> {
  const { view, storyIds } = await requireShown(app, viewer, highlightId);
  const views = await presentStories(app, viewer?.id ?? null, storyIds);
  const stories = storyIds.flatMap((id) => views.get(id) ?? []);
  if (stories.length === 0) throw notFound();
  return { ...view, storyCount: stories.length, stories };
}

/** Throws `not_found` when the highlight does not exist or the viewer may see none of its stories. */
async function requireShown(app: App, viewer: Viewer | null, id: string) {
  const shown = (await presentHighlights(app, viewer?.id ?? null, [id])).get(id);
  if (!shown) throw notFound();
  return shown;
}

export const editHighlight = (
  app: App,
  viewer: Viewer,
  { highlightId, name, coverStoryId }: HighlightEdit,
): Promise<Highlight> =>
  inTransaction(app, async (app) => {
    await requireOwn(app, viewer, highlightId);
    if (coverStoryId && !(await queries.isIn(app.db, highlightId, coverStoryId)))
      throw badField('coverStoryId', 'must be a story in this highlight');
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(coverStoryId === undefined ? {} : { coverStoryId }),
    };
    if (Object.keys(change).length > 0) await queries.updateHighlight(app.db, highlightId, change);
    return (await requireShown(app, viewer, highlightId)).view;
  });

/** Its stories stay, but expired ones are no longer shown anywhere. */
export const deleteHighlight = (app: App, viewer: Viewer, { highlightId }: HighlightRef): Promise<void> =>
  inTransaction(app, async (app) => {
    await requireOwn(app, viewer, highlightId);
    const mediaIds = await queries.findMediaIn(app.db, highlightId);
    await queries.deleteHighlight(app.db, highlightId);
    for (let at = 0; at < mediaIds.length; at += PLACED_BY_ONE_JOB)
      await enqueue(app, 'media.place', { mediaIds: mediaIds.slice(at, at + PLACED_BY_ONE_JOB) });
  });

/** Does nothing for a story that is not in it; a highlight without stories is deleted. */
export const unhighlightStory = (
  app: App,
  viewer: Viewer,
  { highlightId, storyId }: HighlightStoryRef,
): Promise<void> =>
  inTransaction(app, async (app) => {
    await requireOwn(app, viewer, highlightId);
    if (!(await queries.isIn(app.db, highlightId, storyId))) return;
    await queries.removeFromHighlights(app.db, [highlightId], storyId);
    const story = await findStory(app.db, storyId);
    if (story?.mediaId) await enqueue(app, 'media.place', { mediaIds: [story.mediaId] });
  });

async function requireOwn(app: App, viewer: Viewer, highlightId: string): Promise<void> {
  if (!(await holdOwnHighlight(app.db, viewer.id, highlightId))) throw notFound();
}

/** For a story that is being deleted; the caller has locked it. */
export async function removeFromEveryHighlight(app: App, storyId: string): Promise<void> {
  const ids = await holdHighlightsWith(app.db, storyId);
  if (ids.length > 0) await queries.removeFromHighlights(app.db, ids, storyId);
}
