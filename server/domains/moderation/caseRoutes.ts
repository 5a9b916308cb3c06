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
  'Nobody but its owner sees it from then on, and the owner is told the rule and the reason. It can be undone; doing it again changes nothing.';
const RESTORE = 'Undoes every takedown of it. Does nothing when it is not down.';

export const caseRoutes = (app: App) => ({
  cases: adminProcedure
    .meta({
      rest: 'GET /moderation/cases',
      limit: 'admin',
      summary: 'What was reported, one case for each subject: the highest priority first, then the oldest',
      description: 'When reports come in meanwhile, a walk may meet a case again or not at all.',
    })
    .input(CaseListInput)
    .output(CasePage)
    .query(({ input }) => listCases(app, input)),

  case: adminProcedure
    .meta({
      rest: 'GET /moderation/cases/{caseId}',
      limit: 'admin',
      summary: 'A case with its reports, and what the reporters saw',
      errors: ['not_found'],
    })
    .input(CaseRef)
    .output(CaseDetail)
    .query(({ input }) => readCase(app, input.caseId)),

  resolveCase: adminProcedure
    .meta({
      rest: 'POST /moderation/cases/{caseId}/resolve',
      limit: 'admin',
      summary: 'Decide on a case',
      description:
        'A report that comes in later opens the case again. Reporters are told whether something was done, the owner by which rule and why.',
      errors: ['not_found', 'already_resolved'],
    })
    .input(Resolution)
    .output(CaseDetail)
    .mutation(({ ctx, input }) => resolveCase(app, ctx.actor, input)),

  takedownPost: adminProcedure
    .meta({
      rest: 'POST /moderation/posts/{postId}/takedown',
      limit: 'admin',
      summary: 'Take a post down',
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
      summary: 'Show a post again that was taken down',
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
      summary: 'Take a comment down',
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
      summary: 'Show a comment again that was taken down',
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
      summary: 'Take a story down',
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
      summary: 'Show a story again that was taken down',
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
      summary: 'Whose a handle is or was, also when they are banned or deleted',
      errors: ['not_found'],
    })
    .input(AccountRef)
    .output(Account)
    .query(({ input }) => findAccount(app, input.handle)),

  warn: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/warn',
      limit: 'admin',
      summary: 'Warn a person',
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
      summary: 'Ban a person, for a time or for ever',
      description:
        'Ends all their sessions at once. Nobody sees them or what they have until it ends; a shorter ban beside a longer one does not shorten it.',
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
      summary: 'Undo every ban of a person',
      errors: ['not_found'],
    })
    .input(Unban)
    .output(z.void())
    .mutation(({ ctx, input }) => unbanUser(app, ctx.actor, input.userId, input.reason)),

  audit: adminProcedure
    .meta({
      rest: 'GET /moderation/audit',
      limit: 'admin',
      summary: 'Every act of an operator, the latest first',
    })
    .input(AuditInput)
    .output(AuditPage)
    .query(({ input }) => listAudit(app, input)),
});
