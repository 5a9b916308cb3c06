import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Position } from '../../core/cursors.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdStory } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { liveStory } from '../../core/visibility.ts';
import { purgeUnusedMedia, requireUsableMedia } from '../media/public.ts';
import type { UserCard } from '../users/contract.ts';
import { presentUsers, readSettings, requireOpenAccount } from '../users/public.ts';
import type {
  NewStory,
  StoryListInput,
  StoryMetrics,
  StoryRef,
  StoryView,
  UserStoriesInput,
} from './contract.ts';
import { removeFromEveryHighlight } from './highlights/service.ts';
import { countReactions, findReactions, findViewers } from './interactions/queries.ts';
import { presentStories } from './public.ts';
import * as queries from './queries.ts';
import { findActiveStoriesOf, findStory, type StoryRow } from './queries.ts';

const HOURS_SHOWN = 24;

export const createStory = (app: App, viewer: Viewer, { mediaId, ...story }: NewStory): Promise<StoryView> =>
  inTransaction(app, async (app) => {
    await requireUsableMedia(app, viewer.id, [mediaId], () => 'mediaId');
    const visibility = story.visibility ?? (await readSettings(app, viewer.id)).storyAudience;
    const row = { caption: story.caption, visibility, mediaId, authorId: viewer.id };
    const duplicateId = await queries.findDuplicate(app.db, row);
    if (duplicateId) return requirePresented(app, viewer, duplicateId);
    const storyId = await queries.insertStory(app.db, row, HOURS_SHOWN);
    await publish(app, storyId);
    return requirePresented(app, viewer, storyId);
  });

/** Publishes the stories that waited for the photo, in the transaction that completes it. */
export const publishReadyStories = (app: App, mediaId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    for (const { id } of await queries.holdWaitingStories(app.db, mediaId)) await publish(app, id);
  });

async function publish(app: App, storyId: string): Promise<void> {
  const story = await queries.publishStory(app.db, storyId);
  if (story?.mediaId) await enqueue(app, 'media.place', { mediaIds: [story.mediaId] });
}

export const readStory = (app: App, viewer: Viewer, { storyId }: StoryRef): Promise<StoryView> =>
  requirePresented(app, viewer, storyId);

async function requirePresented(app: App, viewer: Viewer, storyId: string): Promise<StoryView> {
  const view = (await presentStories(app, viewer.id, [storyId])).get(storyId);
  if (!view) throw notFound();
  return view;
}

/**
 * Deleting it again changes nothing. Removes the story from its highlights and deletes its photo, unless that is used elsewhere or is
 * evidence because the story was taken down.
 */
export const deleteStory = (app: App, viewer: Viewer, { storyId }: StoryRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const story = await holdStory(app.db, storyId);
    if (story?.authorId !== viewer.id) throw notFound();
    if (story.deletedAt) return;
    await queries.markDeleted(app.db, storyId);
    await removeFromEveryHighlight(app, storyId);
    if (!story.takenDownAt) await releaseMedia(app, story);
  });

async function releaseMedia(app: App, { id, mediaId }: queries.StoryRow): Promise<void> {
  if (mediaId === null) return;
  await queries.detachMedia(app.db, id);
  await purgeUnusedMedia(app, [mediaId]);
  await enqueue(app, 'media.place', { mediaIds: [mediaId] });
}

export async function listStoriesOfUser(
  app: App,
  viewer: Viewer,
  { userId, ...input }: UserStoriesInput,
): Promise<Page<StoryView>> {
  await requireOpenAccount(app, viewer.id, userId);
  return listPage(app, {
    scope: ['stories', userId, viewer.id],
    input,
    ids: (after, count) => findActiveStoriesOf(app.db, userId, after, count),
    hydrate: (rows) =>
      presentStories(
        app,
        viewer.id,
        rows.map(({ id }) => id),
        liveStory,
      ),
  });
}

/** Only users who exist for the author; `viewCount` covers all. */
export async function listViewers(app: App, viewer: Viewer, { storyId, ...input }: StoryListInput) {
  await requireOwnStory(app, viewer, storyId);
  return listPage(app, {
    scope: ['story viewers', storyId, viewer.id],
    input,
    ids: (after, count) => findViewers(app.db, storyId, after, count),
    hydrate: (rows) => withCards(app, viewer.id, rows, (user, { seenAt }) => ({ user, seenAt })),
  });
}

/** Available only to the author; others see their own reaction in the story. */
export async function listReactions(app: App, viewer: Viewer, { storyId, ...input }: StoryListInput) {
  await requireOwnStory(app, viewer, storyId);
  return listPage(app, {
    scope: ['story reactions', storyId, viewer.id],
    input,
    ids: (after, count) => findReactions(app.db, storyId, after, count),
    hydrate: (rows) =>
      withCards(app, viewer.id, rows, (user, { emoji, reactedAt }) => ({ user, emoji, reactedAt })),
  });
}

export async function readMetrics(app: App, viewer: Viewer, { storyId }: StoryRef): Promise<StoryMetrics> {
  const { viewCount } = await requireOwnStory(app, viewer, storyId);
  const reactions = await countReactions(app.db, storyId);
  return { viewCount, reactionCount: reactions.reduce((sum, { count }) => sum + count, 0), reactions };
}

/** Works for expired stories that are still kept, too. Throws `not_found`. */
async function requireOwnStory(app: App, viewer: Viewer, storyId: string): Promise<StoryRow> {
  const story = await findStory(app.db, storyId);
  if (story?.authorId !== viewer.id || story.deletedAt) throw notFound();
  return story;
}

async function withCards<Row extends Position, Item>(
  app: App,
  viewerId: string,
  rows: Row[],
  item: (user: UserCard, row: Row) => Item,
): Promise<Map<string, Item>> {
  const cards = await presentUsers(
    app,
    viewerId,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.flatMap((row) => {
      const card = cards.get(row.id);
      return card ? [[row.id, item(card, row)]] : [];
    }),
  );
}
