import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { PostView } from '../posts/contract.ts';
import { presentPosts } from '../posts/public.ts';
import type { UserCard } from '../users/contract.ts';
import { presentUsers } from '../users/public.ts';
import type { HashtagSearch, HashtagView, PostSearch, UserSearch } from './contract.ts';
import { countVisiblePosts, findHashtags } from './hashtags/queries.ts';
import { planEachSearch } from './matching/queries.ts';
import { findPostsWith } from './posts/queries.ts';
import { findUsers } from './users/queries.ts';

export const searchUsers = (app: App, viewer: Viewer, { q, ...input }: UserSearch): Promise<Page<UserCard>> =>
  searching(app, (app) =>
    listPage(app, {
      scope: ['searchUsers', q, viewer.id],
      input,
      ids: (after, count) => findUsers(app.db, viewer.id, q, after, count),
      hydrate: (rows) =>
        presentUsers(
          app,
          viewer.id,
          rows.map(({ id }) => id),
        ),
    }),
  );

export const searchPosts = (app: App, viewer: Viewer, { q, ...input }: PostSearch): Promise<Page<PostView>> =>
  searching(app, (app) =>
    listPage(app, {
      scope: ['searchPosts', q, viewer.id],
      input,
      ids: (after, count) => findPostsWith(app.db, q, after, count),
      hydrate: (rows) =>
        presentPosts(
          app,
          viewer.id,
          rows.map(({ id }) => id),
        ),
    }),
  );

export const searchHashtags = (
  app: App,
  viewer: Viewer,
  { q, ...input }: HashtagSearch,
): Promise<Page<HashtagView>> =>
  searching(app, (app) =>
    listPage(app, {
      scope: ['searchHashtags', q, viewer.id],
      input,
      ids: (after, count) => findHashtags(app.db, q, after, count),
      hydrate: async (rows) => {
        const counts = await countVisiblePosts(
          app.db,
          viewer.id,
          rows.map(({ id }) => id),
        );
        return new Map([...counts].map(([tag, recentPostCount]) => [tag, { tag, recentPostCount }]));
      },
    }),
  );

const searching = <T>(app: App, work: (app: App) => Promise<T>): Promise<T> =>
  inTransaction(app, async (app) => {
    await planEachSearch(app.db);
    return work(app);
  });
