import { asc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { users } from '../../../schema/index.ts';

const CANDIDATES = 50;

/** A random one of the users deleted first, and before the given time, so that one that fails does not hold up the others. */
export async function findDeletedUser(db: Db, before: Date): Promise<string | null> {
  const first = db
    .select({ id: users.id })
    .from(users)
    .where(lte(users.deletedAt, before))
    .orderBy(asc(users.deletedAt))
    .limit(CANDIDATES)
    .as('first');
  const [row] = await db.select({ id: first.id }).from(first).orderBy(sql`random()`).limit(1);
  return row?.id ?? null;
}

export async function deleteUser(db: Db, userId: string): Promise<void> {
  await db.delete(users).where(eq(users.id, userId));
}
