import { type App, inTransaction } from '../../../core/app.ts';
import { holdUser } from '../../../core/locks.ts';
import type { PointChange } from '../../../core/points.ts';
import { addTrustPoints } from '../../users/public.ts';
import { recompute } from '../levels/service.ts';
import { pointsFor, writePoints } from './queries.ts';

/**
 * Reconciles the ledger with the current state of the source, and the level with the ledger. What is read under the lock is at least as
 * new as the job, so jobs may come twice and in any order. Locks only this user.
 */
export const reconcilePoints = (app: App, change: PointChange): Promise<void> =>
  inTransaction(app, async (app) => {
    if (!(await holdUser(app.db, change.userId))) return;
    const points = await pointsFor(app.db, change);
    const difference = points === null ? 0 : await writePoints(app.db, change, points);
    if (difference !== 0) await addTrustPoints(app, change.userId, difference);
    await recompute(app, change.userId);
  });
