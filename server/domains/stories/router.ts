import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { react, seeStory, unreact } from './acts.ts';
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
import { listReactions, listStoriesOfUser, listViewers, readMetrics } from './lists.ts';
import { createStory, deleteStory, readStory } from './service.ts';

export { highlightsRouter } from './highlightsRouter.ts';

export const storiesRouter = (app: App) =>
  router({
    create: userProcedure
      .meta({
        rest: 'POST /stories',
        limit: 'post',
        summary: 'Show a photograph for 24 hours',
        description:
          'Others see the story when its photograph is ready; until then only its author does. Afterwards it is seen only in highlights, and is erased 7 days after its day when it is in none.',
        location: '/stories/{id}',
        errors: ['media_unusable'],
      })
      .input(NewStory)
      .output(StoryView)
      .mutation(({ ctx, input }) => createStory(app, ctx.viewer, input)),

    get: userProcedure
      .meta({ rest: 'GET /stories/{storyId}', limit: 'read', summary: 'Read a story', errors: ['not_found'] })
      .input(StoryRef)
      .output(StoryView)
      .query(({ ctx, input }) => readStory(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /stories/{storyId}',
        limit: 'write',
        summary: 'Delete an own story',
        description:
          'It leaves its highlights. Its photograph is deleted with it, unless a post or another story or the avatar shows it.',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteStory(app, ctx.viewer, input)),

    byUser: userProcedure
      .meta({
        rest: 'GET /users/{userId}/stories',
        limit: 'read',
        summary: 'Stories of a person that are within their day, oldest first',
        errors: ['not_found'],
      })
      .input(UserStoriesInput)
      .output(StoryPage)
      .query(({ ctx, input }) => listStoriesOfUser(app, ctx.viewer, input)),

    seen: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/seen',
        limit: 'like',
        summary: 'Say that the viewer has seen a story',
        description: 'Counted once for each person, and never for the author.',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => seeStory(app, ctx.viewer, input)),

    viewers: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/viewers',
        limit: 'read',
        summary: 'Who has seen an own story, the latest first',
        errors: ['not_found'],
      })
      .input(StoryListInput)
      .output(StoryViewerPage)
      .query(({ ctx, input }) => listViewers(app, ctx.viewer, input)),

    metrics: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/metrics',
        limit: 'read',
        summary: 'How often an own story was seen and reacted to',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(StoryMetrics)
      .query(({ ctx, input }) => readMetrics(app, ctx.viewer, input)),

    react: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/reactions',
        limit: 'like',
        summary: 'React to a story with an emoji, in place of an earlier one',
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
        summary: 'Take the reaction to a story back',
        errors: ['not_found'],
      })
      .input(StoryRef)
      .output(ReactionState)
      .mutation(({ ctx, input }) => unreact(app, ctx.viewer, input)),

    reactions: userProcedure
      .meta({
        rest: 'GET /stories/{storyId}/reactions',
        limit: 'read',
        summary: 'Who reacted to an own story and how, the latest first',
        description: 'For its author alone; others find their own reaction in the story.',
        errors: ['not_found'],
      })
      .input(StoryListInput)
      .output(StoryReactionPage)
      .query(({ ctx, input }) => listReactions(app, ctx.viewer, input)),
  });
