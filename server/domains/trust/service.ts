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
 * Makes the ledger agree with what there is now, and the level with that. What is read under the lock is at least as new as
 * what the job is about, so jobs may come twice and in any order. Locks one person and nobody else.
 */
export const settlePoints = (app: App, change: TrustChange): Promise<void> =>
  inTransaction(app, async (app) => {
    if (!(await holdUser(app.db, change.userId))) return;
    const points = await worthOf(app.db, change);
    const difference = points === null ? 0 : await writePoints(app.db, change, points);
    if (difference !== 0) await addTrustPoints(app, change.userId, difference);
    await recompute(app, change.userId);
  });
