import type { TrustChange } from '../../core/acts.ts';
import { type App, inTransaction } from '../../core/app.ts';
import { holdUser } from '../../core/locks.ts';
import { addTrustPoints } from '../users/service.ts';
import { worthOf } from './factQueries.ts';
import { writePoints } from './ledgerQueries.ts';
import { recompute } from './recompute.ts';

export { levelAfterStrikes, levelWithAge } from './recompute.ts';
export { readOwnTrust } from './score.ts';
export { addStrike, endStrike } from './strikes.ts';

/**
 * Reconciles the ledger with the current state of the source, and the level with the ledger. What is read under the lock is at least as
 * new as the job, so jobs may come twice and in any order. Locks only this user.
 */
export const settlePoints = (app: App, change: TrustChange): Promise<void> =>
  inTransaction(app, async (app) => {
    if (!(await holdUser(app.db, change.userId))) return;
    const points = await worthOf(app.db, change);
    const difference = points === null ? 0 : await writePoints(app.db, change, points);
    if (difference !== 0) await addTrustPoints(app, change.userId, difference);
    await recompute(app, change.userId);
  });
