import { and, eq, lte, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { newerThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { strikes, trustPoints, users } from '../../../schema/index.ts';
import { isInForce } from '../strikes/queries.ts';
import type { TrustStatus } from './rules.ts';

// Defined separately, because a field of a query over one table loses the names of the tables.
const flags = sql`(select count(*)::int from ${trustPoints} where ${trustPoints.userId} = ${users.id} and ${trustPoints.act} = 'flagUpheld')`;

const strikesInForce = sql`(select count(*)::int from ${strikes} where ${strikes.userId} = ${users.id} and ${isInForce})`;

export async function findTrustStatus(db: Db, userId: string): Promise<TrustStatus | undefined> {
  const [row] = await db
    .select({
      trustLevel: users.trustLevel,
      ageDays: sql<number>`(extract(epoch from now() - ${users.createdAt}) / 86400)::float8`,
      posts: users.postCount,
      points: users.trustPoints,
      flags: sql<number>`${flags}`,
      strikesInForce: sql<number>`${strikesInForce}`,
    })
    .from(users)
    .where(eq(users.id, userId));
  return row;
}

/** Users older than this many days, oldest first. */
export const findAged = (db: Db, days: number, after: Position | null, count: number) =>
  db
    .select({ id: users.id, at: timeText(users.createdAt), userId: users.id })
    .from(users)
    .where(
      and(
        lte(users.createdAt, sql`now() - ${days} * interval '1 day'`),
        newerThan(after, users.createdAt, users.id),
      ),
    )
    .orderBy(users.createdAt, users.id)
    .limit(count);

/** Strikes that have ended, earliest first. */
export const findEnded = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: strikes.id, at: timeText(strikes.endsAt), userId: strikes.userId })
    .from(strikes)
    .where(and(lte(strikes.endsAt, sql`now()`), newerThan(after, strikes.endsAt, strikes.id)))
    .orderBy(strikes.endsAt, strikes.id)
    .limit(count);
