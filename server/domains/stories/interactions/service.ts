import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { notFound } from '../../../core/errors.ts';
import { holdStory } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import type { NewReaction, ReactionState, StoryRef } from '../contract.ts';
import { addToViewCount } from '../purge/queries.ts';
import { findVisibleStory, type StoryRow } from '../queries.ts';
import { deleteReaction, hasSeen, insertView, writeReaction } from './queries.ts';

/** Counts each viewer once, and never the author. */
export const seeStory = (app: App, viewer: Viewer, { storyId }: StoryRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const { authorId } = await requireVisibleStory(app, viewer, storyId);
    if (authorId === viewer.id || (await hasSeen(app.db, storyId, viewer.id))) return;
    await requireLocked(app, storyId);
    if (await insertView(app.db, storyId, viewer.id)) await addToViewCount(app.db, storyId, 1);
  });

export const react = (app: App, viewer: Viewer, { storyId, emoji }: NewReaction): Promise<ReactionState> =>
  inTransaction(app, async (app) => {
    const story = await requireVisibleStory(app, viewer, storyId);
    await requireLocked(app, storyId);
    if (await writeReaction(app.db, storyId, viewer.id, emoji))
      await reconcileReaction(app, story, viewer.id);
    return { emoji };
  });

export const unreact = (app: App, viewer: Viewer, { storyId }: StoryRef): Promise<ReactionState> =>
  inTransaction(app, async (app) => {
    const story = await requireVisibleStory(app, viewer, storyId);
    if (await deleteReaction(app.db, storyId, viewer.id)) await reconcileReaction(app, story, viewer.id);
    return { emoji: null };
  });

/** Throws `not_found` when the viewer may not see the story or it does not exist. */
async function requireVisibleStory(app: App, viewer: Viewer, storyId: string): Promise<StoryRow> {
  const story = await findVisibleStory(app.db, viewer.id, storyId);
  if (!story) throw notFound();
  return story;
}

/** Locks the story before the rows that refer to it, as deletions do. Throws `not_found` when it has been deleted meanwhile. */
async function requireLocked(app: App, storyId: string): Promise<void> {
  const story = await holdStory(app.db, storyId);
  if (!story || story.deletedAt) throw notFound();
}

/** To be called after the reaction is added, changed or removed. */
async function reconcileReaction(app: App, { id, authorId }: StoryRow, userId: string): Promise<void> {
  if (userId === authorId) return;
  await enqueue(app, 'notifications.settle', {
    notice: {
      kind: 'storyReaction',
      recipientId: authorId,
      actorId: userId,
      subjectId: id,
      sourceId: userId,
    },
  });
}
