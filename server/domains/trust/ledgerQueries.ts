import { and, count, eq, sum } from 'drizzle-orm';
import type { TrustAct, TrustChange } from '../../core/acts.ts';
import type { Db } from '../../infra/db/db.ts';
import { trustPoints } from '../../schema/index.ts';

/** Sets the points of one entry of a locked user; returns the difference. */
export async function writePoints(db: Db, change: TrustChange, points: number): Promise<number> {
  const ofAct = and(
    eq(trustPoints.userId, change.userId),
    eq(trustPoints.act, change.act),
    eq(trustPoints.sourceId, change.sourceId),
  );
  const [before] = await db.select({ points: trustPoints.points }).from(trustPoints).where(ofAct);
  if (points === (before?.points ?? 0)) return 0;
  if (points === 0) await db.delete(trustPoints).where(ofAct);
  else if (before) await db.update(trustPoints).set({ points }).where(ofAct);
  else await db.insert(trustPoints).values({ ...change, points });
  return points - (before?.points ?? 0);
}

/** By kind: how many entries there are, and the sum of their points. */
export const summarize = (db: Db, userId: string) =>
  db
    .select({
      act: trustPoints.act,
      count: count(),
      points: sum(trustPoints.points).mapWith(Number),
    })
    .from(trustPoints)
    .where(eq(trustPoints.userId, userId))
    .groupBy(trustPoints.act)
    .orderBy(trustPoints.act) as unknown as Promise<{ act: TrustAct; count: number; points: number }[]>;
