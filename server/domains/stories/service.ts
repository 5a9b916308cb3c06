import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { holdStory } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { deleteUnusedMedia, requireUsableMedia } from '../media/service.ts';
import { readSettings } from '../users/service.ts';
import type { NewStory, StoryRef, StoryView } from './contract.ts';
import { leaveHighlights } from './highlights.ts';
import * as queries from './queries.ts';
import { presentStories } from './view.ts';

export { eraseStoriesOf, removeStoryActsOf } from './erasure.ts';
export { placeExpiredStories, sweepExpiredStories } from './expiry.ts';

const HOURS_SHOWN = 24;

export const createStory = (app: App, viewer: Viewer, { mediaId, ...story }: NewStory): Promise<StoryView> =>
  inTransaction(app, async (app) => {
    await requireUsableMedia(app, viewer.id, [mediaId], () => 'mediaId');
    const visibility = story.visibility ?? (await readSettings(app, viewer.id)).storyAudience;
    const row = { caption: story.caption, visibility, mediaId, authorId: viewer.id };
    const twinId = await queries.findTwin(app.db, row);
    if (twinId) return requirePresented(app, viewer, twinId);
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
    await leaveHighlights(app, storyId);
    if (!story.takenDownAt) await letPhotographGo(app, story);
  });

async function letPhotographGo(app: App, { id, mediaId }: queries.StoryRow): Promise<void> {
  if (mediaId === null) return;
  await queries.detachMedia(app.db, id);
  await deleteUnusedMedia(app, [mediaId]);
  await enqueue(app, 'media.place', { mediaIds: [mediaId] });
}

/** Whoever may see it, deleted and taken down ones too: for moderation, which asks no visibility. */
export const findStory = (app: App, storyId: string): Promise<queries.StoryRow | undefined> =>
  queries.findStory(app.db, storyId);

/** Takes the story down or restores it; false when nothing changes. */
export const setStoryTakenDown = (app: App, storyId: string, isTakenDown: boolean): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const story = await holdStory(app.db, storyId);
    if (!story || (story.takenDownAt !== null) === isTakenDown) return false;
    await queries.setTakenDown(app.db, storyId, isTakenDown);
    if (story.mediaId !== null) await enqueue(app, 'media.place', { mediaIds: [story.mediaId] });
    return true;
  });
