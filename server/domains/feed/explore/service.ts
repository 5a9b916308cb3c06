import type { App } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { explorePost } from '../../../core/visibility.ts';
import type { PostView } from '../../posts/contract.ts';
import { presentPosts } from '../../posts/public.ts';
import type { FeedInput } from '../contract.ts';
import { findByScore } from './queries.ts';

export const readExplore = (app: App, viewer: Viewer | null, input: FeedInput): Promise<Page<PostView>> => {
  const viewerId = viewer?.id ?? null;
  return listPage(app, {
    scope: ['explore', viewerId],
    input,
    ids: (after, count) => findByScore(app.db, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewerId,
        rows.map(({ id }) => id),
        explorePost,
      ),
  });
};
