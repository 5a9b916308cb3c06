import type { App } from '../../../core/app.ts';
import { presentEvidence } from '../../media/public.ts';
import type { Action } from '../actions/contract.ts';
import { type ActionRow, findActionsOn } from '../actions/queries.ts';
import type { Case, CaseDetail } from './contract.ts';
import { findCasesWithOwners, findReportsOf } from './queries.ts';

const SHOWN = 200;

/** For operators, who also see hidden content. */
export async function presentCases(app: App, ids: string[]): Promise<Map<string, Case>> {
  const found = await findCasesWithOwners(app.db, ids);
  return new Map(found.map(({ row, owner }) => [row.id, presentCase(row, owner)]));
}

type FoundCase = Awaited<ReturnType<typeof findCasesWithOwners>>[number];

const presentCase = (row: FoundCase['row'], owner: FoundCase['owner']): Case => ({
  id: row.id,
  subjectType: row.subjectType,
  subjectId: row.subjectId,
  owner,
  status: row.status,
  priority: row.priority,
  reportCount: row.reportCount,
  round: row.round,
  openedAt: row.openedAt,
  resolvedAt: row.resolvedAt,
  resolvedBy: row.resolvedBy,
  resolution: row.resolution,
  rule: row.rule,
  reason: row.reason,
});

/** Null when the case does not exist. */
export async function presentCaseDetail(app: App, caseId: string): Promise<CaseDetail | null> {
  const shown = (await presentCases(app, [caseId])).get(caseId);
  if (!shown) return null;
  const reports = await findReportsOf(app.db, caseId, SHOWN);
  const actions = await findActionsOn(app.db, shown.subjectType, shown.subjectId, SHOWN);
  const mediaIds = new Set(reports.flatMap(({ report }) => report.snapshot.mediaIds));
  const media = await presentEvidence(app, [...mediaIds]);
  return {
    ...shown,
    reports: reports.map(({ report, reporter }) => ({
      id: report.id,
      category: report.category,
      reason: report.reason,
      createdAt: report.createdAt,
      round: report.round,
      reporter,
      snapshot: report.snapshot,
    })),
    media: [...media.values()],
    actions: actions.map(presentAction),
  };
}

export const presentAction = (action: ActionRow): Action => ({
  id: action.id,
  kind: action.kind,
  subjectType: action.subjectType,
  subjectId: action.subjectId,
  rule: action.rule,
  reason: action.reason,
  endsAt: action.endsAt,
  mediaIds: action.mediaIds ?? [],
  everywhere: action.everywhere,
  fields: fieldsOf(action),
  createdAt: action.createdAt,
  undoneAt: action.undoneAt,
});

/** The avatar of a profile is its only photograph. */
const fieldsOf = ({ subjectType, mediaIds, removed }: ActionRow): Action['fields'] => [
  ...(subjectType === 'user' && (mediaIds ?? []).length > 0 ? (['avatar'] as const) : []),
  ...(['displayName', 'bio'] as const).filter((field) => removed[field] !== undefined),
];
