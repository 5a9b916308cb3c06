import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure } from '../../core/procedures.ts';
import { findAccount } from './accounts.ts';
import {
  Ban,
  CommentRestore,
  CommentTakedown,
  PostRestore,
  PostTakedown,
  StoryRestore,
  StoryTakedown,
  Unban,
  Warning,
} from './actContract.ts';
import { restore, takeDown, warn } from './actions.ts';
import { listAudit } from './audit.ts';
import { AuditInput, AuditPage } from './auditContract.ts';
import { banUser, unbanUser } from './bans.ts';
import { listCases, readCase, resolveCase } from './cases.ts';
import {
  Account,
  AccountRef,
  Action,
  CaseDetail,
  CaseListInput,
  CasePage,
  CaseRef,
  Resolution,
} from './contract.ts';
import { presentAction } from './view.ts';

const TAKEDOWN =
  'From then on only the owner sees it; the owner is notified of the rule and the reason. A takedown can be undone. Safe to repeat.';
const RESTORE = 'Undoes every takedown. Does nothing when it is not taken down.';

export const caseRoutes = (app: App) => ({
  cases: adminProcedure
    .meta({
      rest: 'GET /moderation/cases',
      limit: 'admin',
      summary: 'List cases, one for each reported subject: highest priority first, then oldest',
      description:
        'If reports come in while you page through the list, a case may appear twice or not at all.',
    })
    .input(CaseListInput)
    .output(CasePage)
    .query(({ input }) => listCases(app, input)),

  case: adminProcedure
    .meta({
      rest: 'GET /moderation/cases/{caseId}',
      limit: 'admin',
      summary: 'Get a case with its reports and what the reporters saw',
      errors: ['not_found'],
    })
    .input(CaseRef)
    .output(CaseDetail)
    .query(({ input }) => readCase(app, input.caseId)),

  resolveCase: adminProcedure
    .meta({
      rest: 'POST /moderation/cases/{caseId}/resolve',
      limit: 'admin',
      summary: 'Decide a case',
      description:
        'A later report opens the case again. Reporters see whether action was taken; the owner is notified of the rule and the reason.',
      errors: ['not_found', 'already_resolved'],
    })
    .input(Resolution)
    .output(CaseDetail)
    .mutation(({ ctx, input }) => resolveCase(app, ctx.actor, input)),

  takedownPost: adminProcedure
    .meta({
      rest: 'POST /moderation/posts/{postId}/takedown',
      limit: 'admin',
      summary: 'Take down a post',
      description: TAKEDOWN,
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
      description: TAKEDOWN,
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

  account: adminProcedure
    .meta({
      rest: 'GET /admin/accounts/{handle}',
      limit: 'admin',
      summary: 'Get the user who has or had a handle, even if banned or deleted',
      errors: ['not_found'],
    })
    .input(AccountRef)
    .output(Account)
    .query(({ input }) => findAccount(app, input.handle)),

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
      summary: 'Ban a user for a time or permanently',
      description:
        'Ends all their sessions at once. Nobody sees the user or their content until the ban ends. A shorter ban does not shorten a longer one.',
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
      summary: 'Undo every ban of a user',
      errors: ['not_found'],
    })
    .input(Unban)
    .output(z.void())
    .mutation(({ ctx, input }) => unbanUser(app, ctx.actor, input.userId, input.reason)),

  audit: adminProcedure
    .meta({
      rest: 'GET /moderation/audit',
      limit: 'admin',
      summary: 'List the actions of operators, newest first',
    })
    .input(AuditInput)
    .output(AuditPage)
    .query(({ input }) => listAudit(app, input)),
});
