import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { EventsInput } from '../events/contract.ts';
import { streamEvents } from '../events/public.ts';
import { PostPage } from '../posts/contract.ts';
import { FeedInput, StoryAuthorPage } from './contract.ts';
import { readExplore } from './explore/service.ts';
import { readHome, refreshHome } from './home/service.ts';
import { readStories } from './stories/service.ts';

export const feedRouter = (app: App) =>
  router({
    home: userProcedure
      .meta({
        rest: 'GET /feed',
        limit: 'feed',
        summary: 'List posts by you and the users you follow, newest first',
        description:
          'Posts by others may appear up to 30 seconds late. Your own posts, and the effects of a follow, unfollow, block or mute, appear at once.',
      })
      .input(FeedInput)
      .output(PostPage)
      .query(({ ctx, input }) => readHome(app, ctx.viewer, input)),

    refresh: userProcedure
      .meta({
        rest: 'POST /feed/refresh',
        limit: 'feed',
        summary: 'Rebuild the first page on the next read',
      })
      .input(z.strictObject({}))
      .output(z.void())
      .mutation(({ ctx }) => refreshHome(app, ctx.viewer)),

    events: userProcedure
      .meta({
        rest: 'GET /feed/events',
        limit: 'feed',
        summary: 'Stream your events as they happen',
        description:
          'Server-sent events: `post` (`postId`, `authorId`), `notification` (`notificationId`, `kind`), `unreadCount` (`unreadCount`, sent first and whenever it changes) and `gap`, sent when events were missed and can no longer be delivered: reload your lists. For ten minutes after it closes, a stream can be resumed after the event in `Last-Event-ID`. It ends with the session or the access token. A user may have up to five streams open at once.',
      })
      .input(EventsInput)
      .subscription(({ ctx, input, signal }) =>
        streamEvents(app, ctx, input, signal ?? new AbortController().signal),
      ),

    stories: userProcedure
      .meta({
        rest: 'GET /feed/stories',
        limit: 'feed',
        summary: 'List users you follow who have current stories',
        description:
          'One entry per user: you first, then users with unseen stories, then the others, each group by newest story. The order stays the same while you page through the list, even if stories are posted or seen in the meantime.',
      })
      .input(FeedInput)
      .output(StoryAuthorPage)
      .query(({ ctx, input }) => readStories(app, ctx.viewer, input)),

    explore: viewerProcedure
      .meta({
        rest: 'GET /feed/explore',
        limit: 'feed',
        summary: "List public posts by users you don't follow, best first",
        description:
          'The score is `log10(1 + likes + 2 × comments) + age`, where the logarithm is rounded to tenths and `age` rises by one for every 12.5 hours that the post is newer. Private accounts, users who are not discoverable and users you have muted are omitted. A post that is liked while you page through the list may appear twice or not at all.',
      })
      .input(FeedInput)
      .output(PostPage)
      .query(({ ctx, input }) => readExplore(app, ctx.viewer, input)),
  });
