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
        summary: 'People by handle or name, the best match first',
        description:
          'Finds what begins so and what is alike, those whom the viewer follows before others. Who does not want to be found is found by the exact handle only.',
      })
      .input(UserSearch)
      .output(UserResults)
      .query(({ ctx, input }) => searchUsers(app, ctx.viewer, input)),

    posts: userProcedure
      .meta({
        rest: 'GET /search/posts',
        limit: 'search',
        summary: 'Posts by the words of their captions, newest first',
      })
      .input(PostSearch)
      .output(PostPage)
      .query(({ ctx, input }) => searchPosts(app, ctx.viewer, input)),

    hashtags: userProcedure
      .meta({
        rest: 'GET /search/hashtags',
        limit: 'search',
        summary: 'Hashtags by how they begin, the most used of late first',
      })
      .input(HashtagSearch)
      .output(HashtagResults)
      .query(({ ctx, input }) => searchHashtags(app, ctx.viewer, input)),
  });
