import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { presentUsers } from '../users/view.ts';
import type { FeedInput, Teller } from './contract.ts';
import { findStoriesOf, findTellers } from './storyQueries.ts';

export const readStories = (app: App, viewer: Viewer, input: FeedInput): Promise<Page<Teller>> =>
  listPage(app, {
    scope: ['stories feed', viewer.id],
    input,
    ids: (after, count) => findTellers(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentTellers(
        app,
        viewer.id,
        rows.map(({ id }) => id),
      ),
  });

/** Those who have a story now that the reader may see, by id. */
async function presentTellers(app: App, readerId: string, ids: string[]): Promise<Map<string, Teller>> {
  if (ids.length === 0) return new Map();
  const [cards, rows] = await Promise.all([
    presentUsers(app, readerId, ids),
    findStoriesOf(app.db, readerId, ids),
  ]);
  const told = Map.groupBy(rows, ({ authorId }) => authorId);
  return new Map(
    ids.flatMap((id) => {
      const user = cards.get(id);
      const stories = told.get(id);
      if (!user || !stories) return [];
      const teller: Teller = {
        user,
        storyCount: stories.length,
        latestAt: stories.at(-1)!.createdAt,
        hasUnseen: stories.some(({ isSeen }) => !isSeen),
        stories: stories.map(({ id, createdAt, isSeen }) => ({ id, createdAt, seenByViewer: isSeen })),
      };
      return [[id, teller]];
    }),
  );
}
