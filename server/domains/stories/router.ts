import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import {
  NewReaction,
  NewStory,
  ReactionState,
  StoryListInput,
  StoryMetrics,
  StoryPage,
  StoryReactionPage,
  StoryRef,
  StoryView,
  StoryViewerPage,
  UserStoriesInput,
} from './contract.ts';
import { react, seeStory, unreact } from './interactions/service.ts';
import {
  createStory,
  deleteStory,
  listReactions,
  listStoriesOfUser,
  listViewers,
  readMetrics,
  readStory,
} from './service.ts';

export const storiesRouter = (app: App) =>
  router({
    create: userProcedure
      .meta({
        rest: 'POST /stories',
        limit: 'post',
        summary: 'Create a story, shown for 24 hours',
        description:
          'Others can see the story once its photo is ready; until then, only you can. After 24 hours only highlights show it; a story in no highlight is purged 7 days later.',
        location: '/stories/{id}',
        errors: ['media_unusable', 'taken_down'],
      })
      .input(NewStory)
      .output(StoryView)
      .mutation(({ ctx, input }) => createStory(app, ctx.viewer, input)),

    get: userProcedure
      .meta({ rest: 'GET /stories/{storyId}', limit: 'read', summary: 'Get a story', errors: ['not_found'] })
      .input(StoryRef)
      .output(StoryView)
      .query(({ ctx, input }) => readStory(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /stories/{storyId}',
        limit: 'write',
        summary: 'Delete your story',
        description:
          'Removes it from your highlights and deletes its photo, unless a post, another story or your avatar uses it.',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteStory(app, ctx.viewer, input)),

    byUser: userProcedure
      .meta({
        rest: 'GET /users/{userId}/stories',
        limit: 'read',
        summary: "List a user's current stories, oldest first",
        errors: ['not_found'],
      })
      .input(UserStoriesInput)
      .output(StoryPage)
      .query(({ ctx, input }) => listStoriesOfUser(app, ctx.viewer, input)),

    seen: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/seen',
        limit: 'like',
        summary: 'Mark a story as seen',
        description: "Each user counts once; the author doesn't count.",
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => seeStory(app, ctx.viewer, input)),

    viewers: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/viewers',
        limit: 'read',
        summary: 'List users who have seen your story, newest first',
        errors: ['not_found'],
      })
      .input(StoryListInput)
      .output(StoryViewerPage)
      .query(({ ctx, input }) => listViewers(app, ctx.viewer, input)),

    metrics: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/metrics',
        limit: 'read',
        summary: 'Get the view and reaction counts of your story',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(StoryMetrics)
      .query(({ ctx, input }) => readMetrics(app, ctx.viewer, input)),

    react: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/reactions',
        limit: 'like',
        summary: 'React to a story with an emoji, replacing your earlier reaction',
        status: 200,
        errors: ['not_found'],
      })
      .input(NewReaction)
      .output(ReactionState)
      .mutation(({ ctx, input }) => react(app, ctx.viewer, input)),

    unreact: userProcedure
      .meta({
        rest: 'DELETE /stories/{storyId}/reactions',
        limit: 'like',
        summary: 'Remove your reaction to a story',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(ReactionState)
      .mutation(({ ctx, input }) => unreact(app, ctx.viewer, input)),

    reactions: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/reactions',
        limit: 'read',
        summary: 'List reactions to your story, newest first',
        description: 'Available only to the author; others see their own reaction in the story.',
        errors: ['not_found'],
      })
      .input(StoryListInput)
      .output(StoryReactionPage)
      .query(({ ctx, input }) => listReactions(app, ctx.viewer, input)),
  });
