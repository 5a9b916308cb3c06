import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { Action } from './actions/contract.ts';
import { type ActionRow, findActionsTo } from './actions/queries.ts';
import type { OwnAppeal, OwnAppealsInput } from './appeals/contract.ts';
import * as queries from './appeals/queries.ts';
import { presentOwnAppeals } from './appeals/view.ts';
import { presentAction } from './cases/view.ts';
import type { Report, ReportListInput } from './reports/contract.ts';
import { findReportsBy } from './reports/queries.ts';

/** Includes subjects that are now gone or hidden: a report reveals nothing that the reporter did not know. */
export const listReports = (app: App, viewer: Viewer, input: ReportListInput): Promise<Page<Report>> =>
  listPage(app, {
    scope: ['reports', viewer.id, viewer.id],
    input,
    ids: (after, count) => findReportsBy(app.db, viewer.id, after, count),
    hydrate: async (rows) => new Map(rows.map((row) => [row.id, present(row)])),
  });

function present({
  report,
  subjectType,
  subjectId,
  isUpheld,
}: Awaited<ReturnType<typeof findReportsBy>>[number]): Report {
  const { id, category, reason, createdAt, resolvedAt } = report;
  const outcome = resolvedAt === null ? 'open' : isUpheld ? 'upheld' : 'dismissed';
  return { id, category, reason, createdAt, subjectType, subjectId, outcome, resolvedAt };
}

export const DAYS = 30;
export const DAY_MS = 86_400_000;

export const isAppealable = ({ kind }: ActionRow) => kind !== 'restore' && kind !== 'unban';

export const listOwnActions = (app: App, viewer: Viewer, input: OwnAppealsInput): Promise<Page<Action>> =>
  listPage(app, {
    scope: ['own actions', viewer.id],
    input,
    ids: (after, count) => findActionsTo(app.db, viewer.id, after, count),
    hydrate: async (rows) => new Map(rows.map(({ action }) => [action.id, presentAction(action)])),
  });

export const listOwnAppeals = (app: App, viewer: Viewer, input: OwnAppealsInput): Promise<Page<OwnAppeal>> =>
  listPage(app, {
    scope: ['own appeals', viewer.id],
    input,
    ids: (after, count) => queries.findAppealsOf(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentOwnAppeals(
        app,
        rows.map(({ id }) => id),
      ),
  });
