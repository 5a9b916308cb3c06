import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { listPage } from '../../core/lists.ts';
import { findReactionsBy, findViewsBy } from './actQueries.ts';
import { findHighlightsOf } from './highlightQueries.ts';
import { presentHighlights } from './highlightView.ts';
import { findAllStoriesOf } from './queries.ts';
import { presentStories } from './view.ts';

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
