import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { PostPage } from '../posts/contract.ts';
import { FeedInput } from './contract.ts';
import { readHome, refreshHome } from './home.ts';

export const feedRouter = (app: App) =>
  router({
    home: userProcedure
      .meta({
        rest: 'GET /feed',
        limit: 'feed',
        summary: 'Posts of the followed people and own ones, newest first',
        description:
          'Posts of others may show up to 30 seconds late; own ones, and what a follow, unfollow, block or mute changes, show at once.',
      })
      .input(FeedInput)
      .output(PostPage)
      .query(({ ctx, input }) => readHome(app, ctx.viewer, input)),

    refresh: userProcedure
      .meta({
        rest: 'POST /feed/refresh',
        limit: 'feed',
        summary: 'Have the first page made anew at the next read',
      })
      .input(z.strictObject({}))
      .output(z.void())
      .mutation(({ ctx }) => refreshHome(app, ctx.viewer)),
  });
