import { z } from 'zod';
import type { App } from '../../../core/app.ts';
import { adminProcedure } from '../../../core/procedures.ts';
import { banUser, unbanUser } from '../bans/service.ts';
import { presentAction } from '../cases/view.ts';
import {
  Action,
  Ban,
  CommentRestore,
  CommentTakedown,
  PostRestore,
  PostTakedown,
  StoryRestore,
  StoryTakedown,
  Unban,
  Warning,
} from './contract.ts';
import { restore, takeDown, warn } from './service.ts';

const TAKEDOWN =
  'From then on, only its owner can see it; they are notified of the rule and the reason. A takedown can be undone. Safe to repeat.';
const PHOTOGRAPHS =
  ' The photographs it names are no longer shown anywhere else, and their owner can neither use nor upload them again; with `everywhere`, this applies to all users.';
const RESTORE = "Undoes every takedown. Does nothing if it isn't taken down.";

export const actionRoutes = (app: App) => ({
  takedownPost: adminProcedure
    .meta({
      rest: 'POST /moderation/posts/{postId}/takedown',
      limit: 'admin',
      summary: 'Take down a post',
      description: TAKEDOWN + PHOTOGRAPHS,
      errors: ['not_found'],
    })
    .input(PostTakedown)
    .output(Action)
    .mutation(async ({ ctx, input: { postId, ...verdict } }) =>
      presentAction(await takeDown(app, ctx.actor, { subjectType: 'post', subjectId: postId }, verdict)),
    ),

  restorePost: adminProcedure
    .meta({
      rest: 'POST /moderation/posts/{postId}/restore',
      limit: 'admin',
      summary: 'Restore a post',
      description: RESTORE,
      errors: ['not_found'],
    })
    .input(PostRestore)
    .output(z.void())
    .mutation(({ ctx, input: { postId, reason } }) =>
      restore(app, ctx.actor, { subjectType: 'post', subjectId: postId }, reason),
    ),

  takedownComment: adminProcedure
    .meta({
      rest: 'POST /moderation/comments/{commentId}/takedown',
      limit: 'admin',
      summary: 'Take down a comment',
      description: TAKEDOWN,
      errors: ['not_found'],
    })
    .input(CommentTakedown)
    .output(Action)
    .mutation(async ({ ctx, input: { commentId, ...verdict } }) =>
      presentAction(
        await takeDown(app, ctx.actor, { subjectType: 'comment', subjectId: commentId }, verdict),
      ),
    ),

  restoreComment: adminProcedure
    .meta({
      rest: 'POST /moderation/comments/{commentId}/restore',
      limit: 'admin',
      summary: 'Restore a comment',
      description: RESTORE,
      errors: ['not_found'],
    })
    .input(CommentRestore)
    .output(z.void())
    .mutation(({ ctx, input: { commentId, reason } }) =>
      restore(app, ctx.actor, { subjectType: 'comment', subjectId: commentId }, reason),
    ),

  takedownStory: adminProcedure
    .meta({
      rest: 'POST /moderation/stories/{storyId}/takedown',
      limit: 'admin',
      summary: 'Take down a story',
      description: TAKEDOWN + PHOTOGRAPHS,
      errors: ['not_found'],
    })
    .input(StoryTakedown)
    .output(Action)
    .mutation(async ({ ctx, input: { storyId, ...verdict } }) =>
      presentAction(await takeDown(app, ctx.actor, { subjectType: 'story', subjectId: storyId }, verdict)),
    ),

  restoreStory: adminProcedure
    .meta({
      rest: 'POST /moderation/stories/{storyId}/restore',
      limit: 'admin',
      summary: 'Restore a story',
      description: RESTORE,
      errors: ['not_found'],
    })
    .input(StoryRestore)
    .output(z.void())
    .mutation(({ ctx, input: { storyId, reason } }) =>
      restore(app, ctx.actor, { subjectType: 'story', subjectId: storyId }, reason),
    ),

  warn: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/warn',
      limit: 'admin',
      summary: 'Warn a user',
      errors: ['not_found'],
    })
    .input(Warning)
    .output(Action)
    .mutation(async ({ ctx, input: { userId, ...verdict } }) =>
      presentAction(await warn(app, ctx.actor, userId, verdict)),
    ),

  ban: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/ban',
      limit: 'admin',
      summary: 'Ban a user temporarily or permanently',
      description:
        'Ends all their sessions at once. Nobody can see the user or their content until the ban ends. A shorter ban does not shorten a longer one.',
      errors: ['not_found'],
    })
    .input(Ban)
    .output(Action)
    .mutation(async ({ ctx, input: { userId, ...ban } }) =>
      presentAction(await banUser(app, ctx.actor, userId, ban)),
    ),

  unban: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/unban',
      limit: 'admin',
      summary: "Undo all of a user's bans",
      errors: ['not_found'],
    })
    .input(Unban)
    .output(z.void())
    .mutation(({ ctx, input }) => unbanUser(app, ctx.actor, input.userId, input.reason)),
});
