import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { strikes } from '../../../schema/index.ts';

export type StrikeRow = typeof strikes.$inferSelect;

export const isInForce: SQL = sql`(${strikes.undoneAt} is null and ${strikes.endsAt} > now())`;

/** Null when the action has already given its strike. */
export async function insertStrike(
  db: Db,
  { userId, actionId, days }: { userId: string; actionId: string; days: number },
): Promise<string | null> {
  const [row] = await db
    .insert(strikes)
    .values({ userId, actionId, endsAt: sql`now() + ${days} * interval '1 day'` })
    .onConflictDoNothing({ target: strikes.actionId })
    .returning({ id: strikes.id });
  return row?.id ?? null;
}

export async function findOwner(db: Db, actionId: string): Promise<string | null> {
  const [row] = await db
    .select({ userId: strikes.userId })
    .from(strikes)
    .where(eq(strikes.actionId, actionId));
  return row?.userId ?? null;
}

/** Null when it has already been undone. */
export async function markUndone(db: Db, actionId: string): Promise<string | null> {
  const [row] = await db
    .update(strikes)
    .set({ undoneAt: sql`now()` })
    .where(and(eq(strikes.actionId, actionId), isNull(strikes.undoneAt)))
    .returning({ id: strikes.id });
  return row?.id ?? null;
}

export const countInForce = (db: Db, userId: string): Promise<number> =>
  db.$count(strikes, and(eq(strikes.userId, userId), isInForce));

/** Newest first. */
export const findStrikes = (db: Db, userId: string, count: number, rule?: SQL) =>
  db
    .select()
    .from(strikes)
    .where(and(eq(strikes.userId, userId), rule))
    .orderBy(desc(strikes.createdAt), desc(strikes.id))
    .limit(count);
