import type { App } from '../../../core/app.ts';
import { adminProcedure, userProcedure } from '../../../core/procedures.ts';
import { listOwnActions, listOwnAppeals } from '../public.ts';
import {
  Appeal,
  AppealPage,
  AppealResolution,
  AppealsInput,
  NewAppeal,
  OwnActionPage,
  OwnAppeal,
  OwnAppealPage,
  OwnAppealsInput,
} from './contract.ts';
import { appeal, listAppeals, resolveAppeal } from './service.ts';

export const appealRoutes = (app: App) => ({
  appeal: userProcedure
    .meta({
      rest: 'POST /account/appeals',
      limit: 'report',
      summary: 'Appeal a moderation action against you',
      description:
        'Another operator decides. You can appeal each action once, within 30 days, even while you are banned.',
      status: 201,
      whileBanned: true,
      errors: ['not_found', 'appeal_exists', 'appeal_too_late'],
    })
    .input(NewAppeal)
    .output(OwnAppeal)
    .mutation(({ ctx, input }) => appeal(app, ctx.viewer, input)),

  myActions: userProcedure
    .meta({
      rest: 'GET /account/actions',
      limit: 'read',
      summary: 'List moderation actions on your account and content, with rule and reason, newest first',
      whileBanned: true,
    })
    .input(OwnAppealsInput)
    .output(OwnActionPage)
    .query(({ ctx, input }) => listOwnActions(app, ctx.viewer, input)),

  myAppeals: userProcedure
    .meta({
      rest: 'GET /account/appeals',
      limit: 'read',
      summary: 'List your appeals and their outcomes, newest first',
      whileBanned: true,
    })
    .input(OwnAppealsInput)
    .output(OwnAppealPage)
    .query(({ ctx, input }) => listOwnAppeals(app, ctx.viewer, input)),

  appeals: adminProcedure
    .meta({
      rest: 'GET /moderation/appeals',
      limit: 'admin',
      summary: 'List appeals, oldest first',
    })
    .input(AppealsInput)
    .output(AppealPage)
    .query(({ input }) => listAppeals(app, input)),

  resolveAppeal: adminProcedure
    .meta({
      rest: 'POST /moderation/appeals/{appealId}/resolve',
      limit: 'admin',
      summary: 'Decide an appeal',
      description:
        "The operator who took the action can't decide the appeal; `x-admin-actor` identifies operators.",
      status: 200,
      errors: ['not_found', 'own_act', 'already_resolved'],
    })
    .input(AppealResolution)
    .output(Appeal)
    .mutation(({ ctx, input }) => resolveAppeal(app, ctx.actor, input)),
});
