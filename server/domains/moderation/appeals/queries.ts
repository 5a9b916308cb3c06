import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf, newerThan, olderThan, timeText } from '../../../core/lists.ts';
import { accountColumns } from '../../../core/userColumns.ts';
import type { Db } from '../../../infra/db/db.ts';
import { actions, appeals, cases, users } from '../../../schema/index.ts';

export type AppealRow = typeof appeals.$inferSelect;

export async function insertAppeal(
  db: Db,
  row: Pick<AppealRow, 'actionId' | 'userId' | 'text'>,
): Promise<string> {
  const [made] = await db.insert(appeals).values(row).returning({ id: appeals.id });
  return made!.id;
}

const place = { id: appeals.id, at: timeText(appeals.createdAt) };

/** Newest first. */
export const findAppealsOf = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select(place)
    .from(appeals)
    .where(and(eq(appeals.userId, userId), olderThan(after, appeals.createdAt, appeals.id)))
    .orderBy(desc(appeals.createdAt), desc(appeals.id))
    .limit(count);

/** Oldest first. */
export const findAppealsBy = (db: Db, status: AppealRow['status'], after: Position | null, count: number) =>
  db
    .select(place)
    .from(appeals)
    .where(and(eq(appeals.status, status), newerThan(after, appeals.createdAt, appeals.id)))
    .orderBy(asc(appeals.createdAt), asc(appeals.id))
    .limit(count);

/** Each with the case about the subject of its action, if there is one. */
export const findAppeals = (db: Db, ids: string[]) =>
  db
    .select({ appeal: appeals, action: actions, appellant: accountColumns, caseId: cases.id })
    .from(appeals)
    .innerJoin(actions, eq(actions.id, appeals.actionId))
    .innerJoin(users, eq(users.id, appeals.userId))
    .leftJoin(cases, and(eq(cases.subjectType, actions.subjectType), eq(cases.subjectId, actions.subjectId)))
    .where(isOneOf(appeals.id, ids));

export async function markDecided(
  db: Db,
  id: string,
  decision: { status: 'upheld' | 'overturned'; resolvedBy: string; reason: string },
): Promise<void> {
  await db
    .update(appeals)
    .set({ ...decision, resolvedAt: sql`now()` })
    .where(eq(appeals.id, id));
}
