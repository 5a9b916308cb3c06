import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { olderThan, timeText } from '../../core/lists.ts';
import type { Db } from '../../infra/db/db.ts';
import { auditEntries } from '../../schema/index.ts';
import type { AuditInput } from './contract.ts';

export type NewAuditEntry = Omit<typeof auditEntries.$inferInsert, 'id' | 'createdAt'>;

export async function insertAuditEntry(db: Db, entry: NewAuditEntry): Promise<void> {
  await db.insert(auditEntries).values(entry);
}

export type AuditFilter = Omit<AuditInput, 'limit' | 'cursor'>;

export const findAuditEntries = (
  db: Db,
  { actor, action, subject, since, until }: AuditFilter,
  after: Position | null,
  count: number,
) =>
  db
    .select({ at: timeText(auditEntries.createdAt), id: auditEntries.id, entry: auditEntries })
    .from(auditEntries)
    .where(
      and(
        actor === undefined ? undefined : eq(auditEntries.actor, actor),
        action === undefined ? undefined : eq(auditEntries.action, action),
        subject === undefined ? undefined : eq(auditEntries.subjectId, subject),
        since ? gte(auditEntries.createdAt, since) : undefined,
        until ? lt(auditEntries.createdAt, until) : undefined,
        olderThan(after, auditEntries.createdAt, auditEntries.id),
      ),
    )
    .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
    .limit(count);
