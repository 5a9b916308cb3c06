import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import {
  Highlight,
  HighlightEdit,
  HighlightPage,
  HighlightRef,
  HighlightStoryRef,
  HighlightWithStories,
  NewHighlight,
  UserStoriesInput,
} from './contract.ts';
import {
  deleteHighlight,
  editHighlight,
  highlightStory,
  listHighlights,
  readHighlight,
  unhighlightStory,
} from './highlights.ts';

export const highlightsRouter = (app: App) =>
  router({
    add: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/highlights',
        limit: 'write',
        summary: 'Put an own story into the highlight of that name, a new one when there is none',
        description:
          'In a highlight a story outlives its day, for the audience that it had. Within 7 days after its day it can still be put into one. A highlight holds up to 100 stories.',
        location: '/highlights/{id}',
        errors: ['not_found', 'conflict'],
      })
      .input(NewHighlight)
      .output(Highlight)
      .mutation(({ ctx, input }) => highlightStory(app, ctx.viewer, input)),

    byUser: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/highlights',
        limit: 'read',
        summary: 'Highlights of a person in which the viewer may see something, oldest first',
        errors: ['not_found'],
      })
      .input(UserStoriesInput)
      .output(HighlightPage)
      .query(({ ctx, input }) => listHighlights(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({
        rest: 'GET /highlights/{highlightId}',
        limit: 'read',
        summary: 'Read a highlight with its stories, oldest first',
        errors: ['not_found'],
      })
      .input(HighlightRef)
      .output(HighlightWithStories)
      .query(({ ctx, input }) => readHighlight(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /highlights/{highlightId}',
        limit: 'write',
        summary: 'Rename an own highlight, or choose its cover',
        errors: ['not_found', 'conflict'],
      })
      .input(HighlightEdit)
      .output(Highlight)
      .mutation(({ ctx, input }) => editHighlight(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /highlights/{highlightId}',
        limit: 'write',
        summary: 'Delete an own highlight',
        description:
          'Its stories are not deleted, but those whose day is over are not seen any more, and go 7 days after it.',
        errors: ['not_found'],
      })
      .input(HighlightRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteHighlight(app, ctx.viewer, input)),

    remove: userProcedure
      .meta({
        rest: 'DELETE /highlights/{highlightId}/stories/{storyId}',
        limit: 'write',
        summary: 'Take a story out of an own highlight',
        description: 'With its last story the highlight goes.',
        errors: ['not_found'],
      })
      .input(HighlightStoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unhighlightStory(app, ctx.viewer, input)),
  });
