import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { holdAppeal } from '../../../core/locks.ts';
import { recordAudit } from '../../audit/public.ts';
import { type ActionRow, findAction } from '../actions/queries.ts';
import { reconcileActionNotice, undoActions, undoTakedown, writeAction } from '../actions/service.ts';
import { undoBans } from '../bans/service.ts';
import { DAY_MS, DAYS, isAppealable } from '../public.ts';
import { undoStrike } from '../strikes/service.ts';
import type { Appeal, AppealResolution, AppealsInput, NewAppeal, OwnAppeal } from './contract.ts';
import * as queries from './queries.ts';
import { presentAppeals, presentOwnAppeals } from './view.ts';

/** Throws `appeal_too_late` and `appeal_exists`; `not_found` for an action on another user, or one that has been undone. */
export const appeal = (app: App, viewer: Viewer, { actionId, text }: NewAppeal): Promise<OwnAppeal> =>
  inTransaction(app, async (app) => {
    const action = await findAction(app.db, actionId);
    if (action?.userId !== viewer.id || action.undoneAt !== null || !isAppealable(action)) throw notFound();
    if (action.createdAt.getTime() < Date.now() - DAYS * DAY_MS) throw new CielError('appeal_too_late');
    const id = await queries.insertAppeal(app.db, { actionId, userId: viewer.id, text });
    return (await presentOwnAppeals(app, [id])).get(id)!;
  });

export const listAppeals = (app: App, { status, ...input }: AppealsInput): Promise<Page<Appeal>> =>
  listPage(app, {
    scope: ['appeals', status],
    input,
    ids: (after, count) => queries.findAppealsBy(app.db, status, after, count),
    hydrate: (rows) =>
      presentAppeals(
        app,
        rows.map(({ id }) => id),
      ),
  });

/** Throws `own_act` for the operator who took the action, and `already_resolved` when another operator was faster. */
export const resolveAppeal = (app: App, actor: string, resolution: AppealResolution): Promise<Appeal> =>
  inTransaction(app, async (app) => {
    const { appealId, outcome, reason } = resolution;
    const found = await holdAppeal(app.db, appealId);
    const action = found && (await findAction(app.db, found.actionId));
    if (!action) throw notFound();
    if (action.actor === actor) throw new CielError('own_act');
    if (found.status !== 'open') throw new CielError('already_resolved');
    const status = outcome === 'uphold' ? 'upheld' : 'overturned';
    await queries.markDecided(app.db, appealId, { status, resolvedBy: actor, reason });
    if (outcome === 'overturn' && action.undoneAt === null) await undo(app, actor, action, reason);
    await tell(app, appealId, action, outcome);
    const { subjectType, subjectId, rule } = action;
    const details = { appealId, actionId: action.id, outcome };
    await recordAudit(app, {
      actor,
      action: 'appeal.resolve',
      subjectType,
      subjectId,
      rule,
      reason,
      details,
    });
    return (await presentAppeals(app, [appealId])).get(appealId)!;
  });

/** Notifies the appellant of the decision, unless the restore or unban that overturns the action does. */
async function tell(
  app: App,
  appealId: string,
  action: ActionRow,
  outcome: AppealResolution['outcome'],
): Promise<void> {
  if (outcome === 'overturn' && (action.kind === 'takedown' || action.kind === 'ban')) return;
  await reconcileActionNotice(app, action, appealId);
}

/** Undoes this action alone, with what it caused. */
async function undo(app: App, actor: string, action: ActionRow, reason: string): Promise<void> {
  const { kind, subjectType, subjectId, userId, rule } = action;
  const draft = { subjectType, subjectId, userId, actor, rule, reason };
  if (kind === 'takedown') {
    await undoTakedown(app, action);
    await writeAction(app, 'restore', draft);
  } else if (kind === 'ban') {
    await undoBans(app, userId, [action]);
    await writeAction(app, 'unban', draft);
  } else {
    if (kind === 'strike') await undoStrike(app, action);
    await undoActions(app, [action.id]);
  }
}
