import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { requireOpenAccount } from '../users/service.ts';
import { findBookmarks } from './bookmarkQueries.ts';
import type { Bookmark, BookmarksInput, PostView, TaggedInput, UserPostsInput } from './contract.ts';
import { findPostsOfUser } from './queries.ts';
import { findPostsTagged } from './tagQueries.ts';
import { presentPosts } from './view.ts';

export async function listPostsOfUser(
  app: App,
  viewer: Viewer | null,
  { userId, ...input }: UserPostsInput,
): Promise<Page<PostView>> {
  const viewerId = viewer?.id ?? null;
  await requireOpenAccount(app, viewerId, userId);
  return listPage(app, {
    scope: ['posts', userId, viewerId],
    input,
    ids: (after, count) => findPostsOfUser(app.db, userId, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewerId,
        rows.map(({ id }) => id),
      ),
  });
}

/** An unused hashtag and one that only hidden posts use both return an empty list. */
export function listPostsTagged(
  app: App,
  viewer: Viewer | null,
  { tag, ...input }: TaggedInput,
): Promise<Page<PostView>> {
  const viewerId = viewer?.id ?? null;
  return listPage(app, {
    scope: ['hashtag', tag, viewerId],
    input,
    ids: (after, count) => findPostsTagged(app.db, tag, after, count),
    hydrate: (rows) =>
      presentPosts(
        app,
        viewerId,
        rows.map(({ id }) => id),
      ),
  });
}

export const listBookmarks = (app: App, viewer: Viewer, input: BookmarksInput): Promise<Page<Bookmark>> =>
  listPage(app, {
    scope: ['bookmarks', viewer.id],
    input,
    ids: (after, count) => findBookmarks(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const posts = await presentPosts(
        app,
        viewer.id,
        rows.map(({ id }) => id),
      );
      return new Map(
        rows.flatMap(({ id, bookmarkedAt }) => {
          const post = posts.get(id);
          return post ? [[id, { post, bookmarkedAt }]] : [];
        }),
      );
    },
  });
