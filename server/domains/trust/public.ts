import { type App, inTransaction } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import { holdUser } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import type { OwnTrust } from './contract.ts';
import { banDays, STRIKE_DAYS } from './levels/rules.ts';
import { recompute } from './levels/service.ts';
import { summarize } from './points/queries.ts';
import { readTrustScore } from './score/service.ts';
import * as queries from './strikes/queries.ts';

export interface StrikeOutcome {
  strikesInForce: number;
  /** How many days this number of strikes bans for; 0: none. The caller imposes the ban, in the same transaction. */
  banDays: number;
}

/** Adds the strike of an operator's action, once however often this is called. Locks the user. Throws `not_found`. */
export const addStrike = (app: App, userId: string, actionId: string): Promise<StrikeOutcome> =>
  inTransaction(app, async (app) => {
    if (!(await holdUser(app.db, userId))) throw notFound();
    const strikeId = await queries.insertStrike(app.db, { userId, actionId, days: STRIKE_DAYS });
    return reconcileStrike(app, userId, strikeId);
  });

/** Ends the strike of an action that is undone, and retracts what followed from it. Null when the action gave none. */
export const liftStrike = (app: App, actionId: string): Promise<StrikeOutcome | null> =>
  inTransaction(app, async (app) => {
    const userId = await queries.findOwner(app.db, actionId);
    if (userId === null || !(await holdUser(app.db, userId))) return null;
    return reconcileStrike(app, userId, await queries.markUndone(app.db, actionId));
  });

async function reconcileStrike(app: App, userId: string, strikeId: string | null): Promise<StrikeOutcome> {
  if (strikeId !== null) {
    await recompute(app, userId);
    await enqueue(app, 'trust.settle', { change: { userId, act: 'strike', sourceId: strikeId } });
  }
  const strikesInForce = await queries.countInForce(app.db, userId);
  return { strikesInForce, banDays: banDays(strikesInForce) };
}

export const readOwnTrust = async (app: App, userId: string): Promise<OwnTrust> => ({
  ...(await readTrustScore(app, userId)),
  ledger: await summarize(app.db, userId),
});
