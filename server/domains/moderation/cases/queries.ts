import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf } from '../../../core/lists.ts';
import { accountColumns } from '../../../core/userColumns.ts';
import type { Db } from '../../../infra/db/db.ts';
import { cases, reports, users } from '../../../schema/index.ts';

export type CaseRow = typeof cases.$inferSelect;

/** Negative, so that the index is read forwards: highest priority first, then oldest. */
const urgency = sql<number>`(-${cases.priority})`;

/** The position holds the urgency, a space, and when the case was opened. */
export const findCases = (db: Db, status: CaseRow['status'], after: Position | null, count: number) => {
  const [urgent, openedAt] = after ? halves(after.at) : [];
  return db
    .select({ id: cases.id, at: sql<string>`${urgency} || ' ' || ${cases.openedAt}` })
    .from(cases)
    .where(
      and(
        eq(cases.status, status),
        after
          ? sql`(${urgency}, ${cases.openedAt}, ${cases.id}) > (${urgent}::text::int, ${openedAt}::text::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(urgency), asc(cases.openedAt), asc(cases.id))
    .limit(count);
};

const halves = (text: string): [string, string] => {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
};

export const findCasesWithOwners = (db: Db, ids: string[]) =>
  db
    .select({ row: cases, owner: accountColumns })
    .from(cases)
    .innerJoin(users, eq(users.id, cases.ownerId))
    .where(isOneOf(cases.id, ids));

/** Newest first. */
export const findReportsOf = (db: Db, caseId: string, count: number) =>
  db
    .select({
      report: reports,
      reporter: accountColumns,
    })
    .from(reports)
    .leftJoin(users, eq(users.id, reports.reporterId))
    .where(eq(reports.caseId, caseId))
    .orderBy(desc(reports.createdAt), desc(reports.id))
    .limit(count);

export async function markResolved(
  db: Db,
  caseId: string,
  resolved: Pick<CaseRow, 'resolution' | 'resolvedBy' | 'rule' | 'reason'>,
): Promise<void> {
  await db
    .update(cases)
    .set({ ...resolved, status: 'resolved', resolvedAt: sql`now()` })
    .where(eq(cases.id, caseId));
}
