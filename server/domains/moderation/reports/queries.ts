import { and, desc, eq, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { actions, cases, reports } from '../../../schema/index.ts';
import type { SubjectType } from '../../../schema/moderation.ts';

interface Subject {
  subjectType: SubjectType;
  subjectId: string;
  ownerId: string;
}

/** Opens a case for the subject or adds to the existing one; holds its lock until the transaction ends. */
export async function addToCase(db: Db, subject: Subject, weight: number) {
  const isResolved = sql`${cases.status} = 'resolved'`;
  const [row] = await db
    .insert(cases)
    .values({ ...subject, priority: weight, reportCount: 1 })
    .onConflictDoUpdate({
      target: [cases.subjectType, cases.subjectId],
      set: {
        status: 'open',
        round: sql`${cases.round} + (${isResolved})::int`,
        priority: sql`case when ${isResolved} then 0 else ${cases.priority} end + ${weight}`,
        reportCount: sql`${cases.reportCount} + 1`,
        openedAt: sql`case when ${isResolved} then now() else ${cases.openedAt} end`,
        resolvedAt: null,
        resolvedBy: null,
        resolution: null,
        rule: null,
        reason: null,
      },
    })
    .returning({ id: cases.id, round: cases.round });
  return row!;
}

/** Violates `reports_reporter_key` when the reporter has reported the subject before. */
export async function insertReport(db: Db, report: typeof reports.$inferInsert) {
  const [row] = await db.insert(reports).values(report).returning();
  return row!;
}

export const findReportsBy = (db: Db, reporterId: string, after: Position | null, count: number) =>
  db
    .select({
      id: reports.id,
      at: timeText(reports.createdAt),
      report: reports,
      subjectType: cases.subjectType,
      subjectId: cases.subjectId,
      isUpheld: sql<boolean>`coalesce((select ${actions.undoneAt} is null from ${actions} where ${actions.id} = ${reports.actionId}), false)`,
    })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(and(eq(reports.reporterId, reporterId), olderThan(after, reports.createdAt, reports.id)))
    .orderBy(desc(reports.createdAt), desc(reports.id))
    .limit(count);

/** Sets the outcome of the reports of the round; returns their ids. */
export async function resolveReports(
  db: Db,
  caseId: string,
  round: number,
  actionId: string | null,
): Promise<string[]> {
  const rows = await db
    .update(reports)
    .set({ resolvedAt: sql`now()`, actionId })
    .where(and(eq(reports.caseId, caseId), eq(reports.round, round)))
    .returning({ id: reports.id });
  return rows.map(({ id }) => id);
}

export async function findReportsUpheldBy(db: Db, actionId: string): Promise<string[]> {
  const rows = await db.select({ id: reports.id }).from(reports).where(eq(reports.actionId, actionId));
  return rows.map(({ id }) => id);
}
