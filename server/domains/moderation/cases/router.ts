import type { App } from '../../../core/app.ts';
import { adminProcedure } from '../../../core/procedures.ts';
import { CaseDetail, CaseListInput, CasePage, CaseRef, Resolution } from './contract.ts';
import { listCases, readCase, resolveCase } from './service.ts';

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
        'A later report reopens the case. Reporters see whether action was taken; the owner is notified of the rule and the reason.',
      errors: ['not_found', 'already_resolved'],
    })
    .input(Resolution)
    .output(CaseDetail)
    .mutation(({ ctx, input }) => resolveCase(app, ctx.actor, input)),
});
