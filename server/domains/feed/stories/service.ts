import type { App } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { presentUsers } from '../../users/public.ts';
import type { FeedInput, StoryAuthor } from '../contract.ts';
import { findStoriesOf, findStoryAuthors } from './queries.ts';

export const readStories = (app: App, viewer: Viewer, input: FeedInput): Promise<Page<StoryAuthor>> =>
  listPage(app, {
    scope: ['stories feed', viewer.id],
    input,
    ids: (after, count) => findStoryAuthors(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentStoryAuthors(
        app,
        viewer.id,
        rows.map(({ id }) => id),
      ),
  });

/** Users with a current story that the reader may see, by id. */
async function presentStoryAuthors(
  app: App,
  readerId: string,
  ids: string[],
): Promise<Map<string, StoryAuthor>> {
  if (ids.length === 0) return new Map();
  const [cards, rows] = await Promise.all([
    presentUsers(app, readerId, ids),
    findStoriesOf(app.db, readerId, ids),
  ]);
  const byAuthor = Map.groupBy(rows, ({ authorId }) => authorId);
  return new Map(
    ids.flatMap((id) => {
      const user = cards.get(id);
      const stories = byAuthor.get(id);
      if (!user || !stories) return [];
      const author: StoryAuthor = {
        user,
        storyCount: stories.length,
        latestAt: stories.at(-1)!.createdAt,
        hasUnseen: stories.some(({ isSeen }) => !isSeen),
        stories: stories.map(({ id, createdAt, isSeen }) => ({ id, createdAt, seenByViewer: isSeen })),
      };
      return [[id, author]];
    }),
  );
}
