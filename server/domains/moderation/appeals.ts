import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdAppeal } from '../../core/locks.ts';
import { type ActionRow, findAction, findActionsTo } from './actionQueries.ts';
import { settleNotice, settleUndone, showAgain, writeAction } from './actions.ts';
import type { Appeal, AppealResolution, AppealsInput, NewAppeal, OwnAppealsInput } from './appealContract.ts';
import * as queries from './appealQueries.ts';
import { presentAppeals, presentOwnAppeals } from './appealView.ts';
import { undoBans } from './bans.ts';
import type { Action, OwnAppeal } from './contract.ts';
import { recordAct } from './service.ts';
import { undoStrike } from './strikes.ts';
import { presentAction } from './view.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Throws `appeal_too_late` and `appeal_exists`; `not_found` for an action on another user, or one that has been undone. */
export const appeal = (app: App, viewer: Viewer, { actionId, text }: NewAppeal): Promise<OwnAppeal> =>
  inTransaction(app, async (app) => {
    const action = await findAction(app.db, actionId);
    if (action?.userId !== viewer.id || action.undoneAt !== null || !isAppealable(action)) throw notFound();
    if (action.createdAt.getTime() < Date.now() - DAYS * DAY_MS) throw new CielError('appeal_too_late');
    const id = await queries.insertAppeal(app.db, { actionId, userId: viewer.id, text });
    return (await presentOwnAppeals(app, [id])).get(id)!;
  });

const isAppealable = ({ kind }: ActionRow) => kind !== 'restore' && kind !== 'unban';

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
    await recordAct(app, { actor, action: 'appeal.resolve', subjectType, subjectId, rule, reason, details });
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
  await settleNotice(app, action, appealId);
}

/** Undoes this action alone, with what it caused. */
async function undo(app: App, actor: string, action: ActionRow, reason: string): Promise<void> {
  const { kind, subjectType, subjectId, userId, rule } = action;
  const act = { subjectType, subjectId, userId, actor, rule, reason };
  if (kind === 'takedown') {
    await showAgain(app, action);
    await writeAction(app, 'restore', act);
  } else if (kind === 'ban') {
    await undoBans(app, userId, [action]);
    await writeAction(app, 'unban', act);
  } else {
    if (kind === 'strike') await undoStrike(app, action);
    await settleUndone(app, [action.id]);
  }
}
