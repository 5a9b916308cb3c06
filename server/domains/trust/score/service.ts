import type { App } from '../../../core/app.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import type { PersonRef, TrustRecord, TrustScore } from '../contract.ts';
import { findTrustStatus } from '../levels/queries.ts';
import { BASIC, earnedLevel, STRIKES_UNDER, TRUSTED, type TrustStatus } from '../levels/rules.ts';
import { summarize } from '../points/queries.ts';
import { findStrikes, isInForce } from '../strikes/queries.ts';

const MOST_STRIKES = 100;

export async function readTrustScore(app: App, userId: string): Promise<TrustScore> {
  const status = await findTrustStatus(app.db, userId);
  if (!status) throw new CielError('unauthenticated');
  const strikes = await findStrikes(app.db, userId, MOST_STRIKES, isInForce);
  return {
    ...scoreOf(status),
    strikes: strikes.map(({ id, createdAt, endsAt }) => ({ id, createdAt, endsAt })),
  };
}

/** Works for deleted and banned users too. */
export async function readTrustRecord(app: App, { userId }: PersonRef): Promise<TrustRecord> {
  const status = await findTrustStatus(app.db, userId);
  if (!status) throw notFound();
  const strikes = await findStrikes(app.db, userId, MOST_STRIKES);
  return {
    userId,
    ...scoreOf(status),
    sum: status.points,
    earnedLevel: earnedLevel(status),
    ledger: await summarize(app.db, userId),
    strikes: strikes.map(({ userId: _, ...strike }) => strike),
  };
}

const scoreOf = (status: TrustStatus): Omit<TrustScore, 'strikes'> => ({
  level: status.trustLevel,
  points: Math.max(0, status.points),
  next: nextOf(status),
});

function nextOf({
  trustLevel,
  ageDays,
  posts,
  points,
  flags,
  strikesInForce,
}: TrustStatus): TrustScore['next'] {
  const next = [BASIC, TRUSTED].find(({ level }) => level === trustLevel + 1);
  if (!next) return null;
  return {
    level: next.level,
    age: { have: Math.floor(ageDays), need: next.ageDays },
    posts: { have: posts, need: next.posts },
    points: { have: Math.max(0, points), need: next.points },
    flags: { have: flags, under: next.flagsUnder },
    strikes: { have: strikesInForce, under: STRIKES_UNDER },
  };
}
