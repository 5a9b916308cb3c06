import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { PostPage } from '../posts/contract.ts';
import { HashtagResults, HashtagSearch, PostSearch, UserResults, UserSearch } from './contract.ts';
import { searchHashtags, searchPosts, searchUsers } from './service.ts';

export const searchRouter = (app: App) =>
  router({
    users: userProcedure
      .meta({
        rest: 'GET /search/users',
        limit: 'search',
        summary: 'Search users by handle or name, best match first',
        description:
          'Matches prefixes and similar spellings; users you follow come first. Users who opted out of search can be found only by their exact handle.',
      })
      .input(UserSearch)
      .output(UserResults)
      .query(({ ctx, input }) => searchUsers(app, ctx.viewer, input)),

    posts: userProcedure
      .meta({
        rest: 'GET /search/posts',
        limit: 'search',
        summary: 'Search posts by words in their captions, newest first',
      })
      .input(PostSearch)
      .output(PostPage)
      .query(({ ctx, input }) => searchPosts(app, ctx.viewer, input)),

    hashtags: userProcedure
      .meta({
        rest: 'GET /search/hashtags',
        limit: 'search',
        summary: 'Search hashtags by prefix, most used recently first',
      })
      .input(HashtagSearch)
      .output(HashtagResults)
      .query(({ ctx, input }) => searchHashtags(app, ctx.viewer, input)),
  });
