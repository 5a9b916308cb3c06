import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { EventsInput } from '../events/contract.ts';
import { openEvents } from '../events/lists.ts';
import { PostPage } from '../posts/contract.ts';
import { FeedInput, StoryAuthorPage } from './contract.ts';
import { readExplore } from './explore.ts';
import { readHome, refreshHome } from './home.ts';
import { readStories } from './stories.ts';

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

    events: userProcedure
      .meta({
        rest: 'GET /feed/events',
        limit: 'feed',
        summary: 'What happens for the viewer, as it happens',
        description:
          'Server-sent events: `post` (`postId`, `authorId`), `notification` (`notificationId`, `kind`), `unreadCount` (`unreadCount`, at first and when it has changed) and `gap`, when events were missed that can not be sent any more: read the lists anew. A stream goes on after the event of `Last-Event-ID` for ten minutes after it was left. It ends with the session or the access token; one person has up to five at once.',
      })
      .input(EventsInput)
      .subscription(({ ctx, input, signal }) =>
        openEvents(app, ctx, input, signal ?? new AbortController().signal),
      ),

    stories: userProcedure
      .meta({
        rest: 'GET /feed/stories',
        limit: 'feed',
        summary: 'Who among the followed people has stories within their day',
        description:
          'One entry for each person: oneself first, then those with something unseen, then the others, each by their newest story. A walk keeps the order in which it began, whatever is told or seen meanwhile.',
      })
      .input(FeedInput)
      .output(StoryAuthorPage)
      .query(({ ctx, input }) => readStories(app, ctx.viewer, input)),

    explore: viewerProcedure
      .meta({
        rest: 'GET /feed/explore',
        limit: 'feed',
        summary: 'Public posts of people whom the viewer does not follow, best first',
        description:
          'The score is `log10(1 + likes + 2 × comments) + age`, where the logarithm is rounded to tenths and the age counts one for every 12.5 hours that the post is newer. Left out are people who do not want to be found, private accounts, and whom the viewer mutes. When a post is liked meanwhile, a walk may meet it again or not at all.',
      })
      .input(FeedInput)
      .output(PostPage)
      .query(({ ctx, input }) => readExplore(app, ctx.viewer, input)),
  });
