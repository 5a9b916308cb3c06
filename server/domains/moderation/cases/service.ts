import { type App, inTransaction } from '../../../core/app.ts';
import { badField, CielError, notFound } from '../../../core/errors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { holdCase } from '../../../core/locks.ts';
import { recordAudit } from '../../audit/public.ts';
import {
  type ActionDraft,
  hideContent,
  isContent,
  reconcileReports,
  writeAction,
} from '../actions/service.ts';
import { imposeBan } from '../bans/service.ts';
import { resolveReports } from '../reports/queries.ts';
import { strike } from '../strikes/service.ts';
import type { Case, CaseDetail, CaseListInput, Resolution } from './contract.ts';
import { type CaseRow, findCases, markResolved } from './queries.ts';
import { presentCaseDetail, presentCases } from './view.ts';

export const listCases = (app: App, { status, ...input }: CaseListInput): Promise<Page<Case>> =>
  listPage(app, {
    scope: ['cases', status],
    input,
    ids: (after, count) => findCases(app.db, status, after, count),
    hydrate: (rows) =>
      presentCases(
        app,
        rows.map(({ id }) => id),
      ),
  });

export async function readCase(app: App, caseId: string): Promise<CaseDetail> {
  const detail = await presentCaseDetail(app, caseId);
  if (!detail) throw notFound();
  return detail;
}

/** Throws `already_resolved` when another operator was faster. */
export const resolveCase = (app: App, actor: string, resolution: Resolution): Promise<CaseDetail> =>
  inTransaction(app, async (app) => {
    const { caseId, action: kind, rule, reason, durationHours } = resolution;
    if (durationHours && kind !== 'ban') throw badField('durationHours', 'is only for bans');
    const found = await holdCase(app.db, caseId);
    if (!found) throw notFound();
    refusePhotographs(found, resolution);
    if (found.status === 'resolved') throw new CielError('already_resolved');
    const actionId = kind === 'dismiss' ? null : await decide(app, actor, found, resolution);
    await markResolved(app.db, caseId, { resolution: kind, resolvedBy: actor, rule, reason });
    const reportIds = await resolveReports(app.db, caseId, found.round, actionId);
    if (actionId !== null) await reconcileReports(app, found.ownerId, reportIds);
    const { subjectType, subjectId } = found;
    const details = { caseId, resolution: kind, actionId, durationHours: durationHours ?? null };
    await recordAudit(app, { actor, action: 'case.resolve', subjectType, subjectId, rule, reason, details });
    return readCase(app, caseId);
  });

/** Only a takedown is about photographs, alone or with a strike or a ban. */
function refusePhotographs({ subjectType }: CaseRow, { action, mediaIds, everywhere }: Resolution): void {
  const hides = ['takedown', 'strike', 'ban'].includes(action) && ['post', 'story'].includes(subjectType);
  if (!hides && mediaIds) throw badField('mediaIds', 'is only for takedowns of posts and stories');
  if (!hides && everywhere) throw badField('everywhere', 'is only for takedowns of posts and stories');
}

/** Returns the id of the action. */
async function decide(
  app: App,
  actor: string,
  { id: caseId, subjectType, subjectId, ownerId: userId }: CaseRow,
  { action: kind, rule, reason, durationHours = null, mediaIds, everywhere }: Resolution,
): Promise<string> {
  const draft: ActionDraft = { subjectType, subjectId, userId, actor, rule, reason, caseId };
  const photographs = { mediaIds, everywhere };
  if (kind === 'takedown') {
    if (!isContent(subjectType))
      throw badField('action', 'must not be a takedown when the subject is a user');
    return (await hideContent(app, draft, subjectType, photographs)).action.id;
  }
  if (kind === 'strike') return (await strike(app, draft, photographs)).id;
  if (kind === 'ban') {
    if (isContent(subjectType)) await hideContent(app, draft, subjectType, photographs);
    return (await imposeBan(app, draft, durationHours)).id;
  }
  const { id } = await writeAction(app, 'warn', draft);
  return id;
}
