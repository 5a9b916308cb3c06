import { z } from 'zod';
import type { App } from '../../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../../core/procedures.ts';
import {
  Highlight,
  HighlightEdit,
  HighlightPage,
  HighlightRef,
  HighlightStoryRef,
  HighlightWithStories,
  NewHighlight,
  UserStoriesInput,
} from '../contract.ts';
import {
  deleteHighlight,
  editHighlight,
  highlightStory,
  listHighlights,
  readHighlight,
  unhighlightStory,
} from './service.ts';

export const highlightsRouter = (app: App) =>
  router({
    add: userProcedure
      .meta({
        rest: 'POST /stories/{storyId}/highlights',
        limit: 'write',
        summary: 'Add your story to a highlight, which is created if needed',
        description:
          'In a highlight, a story stays visible to its audience after it expires. You can add a story until 7 days after it expires. A highlight can have up to 100 stories.',
        location: '/highlights/{id}',
        errors: ['not_found', 'conflict', 'media_unusable', 'taken_down'],
      })
      .input(NewHighlight)
      .output(Highlight)
      .mutation(({ ctx, input }) => highlightStory(app, ctx.viewer, input)),

    byUser: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/highlights',
        limit: 'read',
        summary: "List a user's highlights with stories that you can see, oldest first",
        errors: ['not_found'],
      })
      .input(UserStoriesInput)
      .output(HighlightPage)
      .query(({ ctx, input }) => listHighlights(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({
        rest: 'GET /highlights/{highlightId}',
        limit: 'read',
        summary: 'Get a highlight with its stories, oldest first',
        errors: ['not_found'],
      })
      .input(HighlightRef)
      .output(HighlightWithStories)
      .query(({ ctx, input }) => readHighlight(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /highlights/{highlightId}',
        limit: 'write',
        summary: 'Rename your highlight or choose its cover',
        errors: ['not_found', 'conflict'],
      })
      .input(HighlightEdit)
      .output(Highlight)
      .mutation(({ ctx, input }) => editHighlight(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /highlights/{highlightId}',
        limit: 'write',
        summary: 'Delete your highlight',
        description:
          'Its stories are not deleted, but expired ones are no longer shown, and are purged 7 days after they expire.',
        errors: ['not_found'],
      })
      .input(HighlightRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteHighlight(app, ctx.viewer, input)),

    remove: userProcedure
      .meta({
        rest: 'DELETE /highlights/{highlightId}/stories/{storyId}',
        limit: 'write',
        summary: 'Remove a story from your highlight',
        description: 'Removing the last story deletes the highlight.',
        errors: ['not_found'],
      })
      .input(HighlightStoryRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unhighlightStory(app, ctx.viewer, input)),
  });
