import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Position } from '../../core/cursors.ts';
import { notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { liveStory } from '../../core/visibility.ts';
import type { UserCard } from '../users/contract.ts';
import { requireOpenAccount } from '../users/service.ts';
import { presentUsers } from '../users/view.ts';
import { countReactions, findReactions, findViewers } from './actQueries.ts';
import type { StoryListInput, StoryMetrics, StoryRef, StoryView, UserStoriesInput } from './contract.ts';
import { findLiveStoriesOf, findStory, type StoryRow } from './queries.ts';
import { presentStories } from './view.ts';

export { listOwnHighlights, listOwnReactions, listOwnStories, listOwnViews } from './exportLists.ts';

export async function listStoriesOfUser(
  app: App,
  viewer: Viewer,
  { userId, ...input }: UserStoriesInput,
): Promise<Page<StoryView>> {
  await requireOpenAccount(app, viewer.id, userId);
  return listPage(app, {
    scope: ['stories', userId, viewer.id],
    input,
    ids: (after, count) => findLiveStoriesOf(app.db, userId, after, count),
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

/** Only for the author; others see their own reaction in the story. */
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
export async function requireOwnStory(app: App, viewer: Viewer, storyId: string): Promise<StoryRow> {
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
