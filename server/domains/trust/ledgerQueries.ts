import { and, count, eq, sum } from 'drizzle-orm';
import type { TrustAct, TrustChange } from '../../core/acts.ts';
import type { Db } from '../../infra/db/db.ts';
import { trustPoints } from '../../schema/index.ts';

/** Makes the row agree, of a person who is locked; answers how many points that makes more or less. */
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

/** By act: how many count, and what they are worth together. */
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
