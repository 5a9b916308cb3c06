import { type App, inTransaction } from '../../core/app.ts';
import { enqueue } from '../../core/outbox.ts';
import * as queries from './erasureQueries.ts';

const STORIES_AT_ONCE = 20;
const VIEWS_AT_ONCE = 5000;
const ACTS_AT_ONCE = 200;

/** Deletes a batch of the views and reactions of a user who is being purged; returns how many, 0 when none are left. */
export const removeStoryActsOf = (app: App, userId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const viewed = await queries.deleteViewsBy(app.db, userId, ACTS_AT_ONCE);
    if (viewed.length > 0) return uncount(app, viewed);
    const reacted = await queries.deleteReactionsBy(app.db, userId, ACTS_AT_ONCE);
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
export const eraseStoriesOf = (app: App, authorId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const ids = await queries.findStoriesBy(app.db, authorId, STORIES_AT_ONCE);
    return ids.length === 0 ? 0 : eraseStories(app, ids);
  });

/** Deletes views in batches, then purges the stories with everything that depends on them except photos; returns how many rows. */
export async function eraseStories(app: App, ids: string[]): Promise<number> {
  const views = await queries.deleteViewsOf(app.db, ids, VIEWS_AT_ONCE);
  if (views.length > 0) return uncount(app, views);
  await queries.deleteStories(app.db, ids);
  return ids.length;
}

/** Updates the stories in the order of their ids, the order in which several are locked. */
async function uncount(app: App, storyIds: string[]): Promise<number> {
  const counts = new Map<string, number>();
  for (const id of storyIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const id of [...counts.keys()].sort()) await queries.addToViewCount(app.db, id, -counts.get(id)!);
  return storyIds.length;
}
