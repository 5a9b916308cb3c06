import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';

/** Every act of an operator; rows are only ever added. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    /** A UUID, an invite's code or a device's hash: what it was may be gone by now. */
    subjectId: text('subject_id').notNull(),
    rule: text('rule'),
    reason: text('reason'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index('audit_entries_created_idx').on(t.createdAt, t.id),
    index('audit_entries_actor_idx').on(t.actor, t.createdAt, t.id),
    index('audit_entries_subject_idx').on(t.subjectType, t.subjectId, t.createdAt, t.id),
  ],
);
