import type { App } from '../../core/app.ts';
import { adminProcedure, userProcedure } from '../../core/procedures.ts';
import {
  Appeal,
  AppealPage,
  AppealResolution,
  AppealsInput,
  NewAppeal,
  OwnActionPage,
  OwnAppealPage,
  OwnAppealsInput,
} from './appealContract.ts';
import { appeal, listAppeals, listOwnActions, listOwnAppeals, resolveAppeal } from './appeals.ts';
import { OwnAppeal } from './contract.ts';

export const appealRoutes = (app: App) => ({
  appeal: userProcedure
    .meta({
      rest: 'POST /account/appeals',
      limit: 'report',
      summary: 'Ask somebody else to decide anew on what was done to one',
      description: 'Once for each action, within 30 days; also while one is banned.',
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
      summary: 'What operators did to one and what one has, with the rule and the reason, newest first',
      whileBanned: true,
    })
    .input(OwnAppealsInput)
    .output(OwnActionPage)
    .query(({ ctx, input }) => listOwnActions(app, ctx.viewer, input)),

  myAppeals: userProcedure
    .meta({
      rest: 'GET /account/appeals',
      limit: 'read',
      summary: 'Own appeals and what came of them, newest first',
      whileBanned: true,
    })
    .input(OwnAppealsInput)
    .output(OwnAppealPage)
    .query(({ ctx, input }) => listOwnAppeals(app, ctx.viewer, input)),

  appeals: adminProcedure
    .meta({
      rest: 'GET /moderation/appeals',
      limit: 'admin',
      summary: 'Appeals, who waits longest first',
    })
    .input(AppealsInput)
    .output(AppealPage)
    .query(({ input }) => listAppeals(app, input)),

  resolveAppeal: adminProcedure
    .meta({
      rest: 'POST /moderation/appeals/{appealId}/resolve',
      limit: 'admin',
      summary: 'Decide on an appeal',
      description: 'Whoever acted may not decide: operators are told apart by `x-admin-actor`.',
      status: 200,
      errors: ['not_found', 'own_act', 'already_resolved'],
    })
    .input(AppealResolution)
    .output(Appeal)
    .mutation(({ ctx, input }) => resolveAppeal(app, ctx.actor, input)),
});
