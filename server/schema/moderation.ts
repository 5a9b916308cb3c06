import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import type { RemovedTexts } from './takedowns.ts';
import { users } from './users.ts';

/** Every action of an operator; append-only. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    /** A UUID, an invite's code or a device's hash; the subject may be gone by now. */
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
    index('audit_entries_subject_id_idx').on(t.subjectId, t.createdAt, t.id),
    index('audit_entries_action_idx').on(t.action, t.createdAt, t.id),
    index('audit_entries_actor_action_idx').on(t.actor, t.action, t.createdAt, t.id),
  ],
);

export type SubjectType = 'user' | 'post' | 'comment' | 'story';

const subjectColumns = {
  subjectType: text('subject_type').$type<SubjectType>().notNull(),
  /** Id of a user, post, comment or story; not a reference, because the subject may be gone by now. */
  subjectId: uuid('subject_id').notNull(),
};

/** All reports about one subject; a report after the decision opens another round. */
export const cases = pgTable(
  'cases',
  {
    id: id(),
    ...subjectColumns,
    /** The user concerned: the author, or the reported user. */
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: text('status').$type<'open' | 'resolved'>().notNull().default('open'),
    round: integer('round').notNull().default(1),
    /** Sum of the weights of this round's reports. */
    priority: integer('priority').notNull(),
    /** Number of reports in all rounds. */
    reportCount: integer('report_count').notNull(),
    createdAt: createdAt(),
    /** When this round began. */
    openedAt: time('opened_at').notNull().defaultNow(),
    resolvedAt: time('resolved_at'),
    resolvedBy: text('resolved_by'),
    resolution: text('resolution').$type<'dismiss' | 'warn' | 'takedown' | 'strike' | 'ban'>(),
    rule: text('rule'),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('cases_subject_key').on(t.subjectType, t.subjectId),
    index('cases_priority_idx').on(t.status, sql`(-${t.priority})`, t.openedAt, t.id),
    index('cases_owner_idx').on(t.ownerId),
    check('cases_subject_check', sql`${t.subjectType} in ('user', 'post', 'comment', 'story')`),
    check('cases_status_check', sql`${t.status} in ('open', 'resolved')`),
    check('cases_counts_check', sql`least(${t.priority}, ${t.reportCount}, ${t.round}) >= 1`),
    check(
      'cases_resolved_check',
      sql`(${t.status} = 'resolved') = (${t.resolvedAt} is not null and ${t.resolution} is not null and ${t.reason} is not null)`,
    ),
  ],
);

/** Actions of operators, or of rules in their place, on a user or their content. */
export const actions = pgTable(
  'actions',
  {
    id: id(),
    kind: text('kind').$type<'warn' | 'takedown' | 'restore' | 'strike' | 'ban' | 'unban'>().notNull(),
    ...subjectColumns,
    /** The user concerned. */
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    actor: text('actor').notNull(),
    rule: text('rule').notNull(),
    reason: text('reason').notNull(),
    caseId: uuid('case_id').references(() => cases.id, { onDelete: 'set null' }),
    /** The action that caused this one; undoing it undoes this one too. */
    causeId: uuid('cause_id').references((): AnyPgColumn => actions.id, { onDelete: 'cascade' }),
    /** When a ban ends; null for permanent bans and other actions. */
    endsAt: time('ends_at'),
    /** The photographs that a takedown names. Null: written by a release without marks, and not marked yet. */
    mediaIds: jsonb('media_ids').$type<string[]>(),
    /** The takedown is about everybody's copies, not only those of the user. */
    everywhere: boolean('everywhere').notNull().default(false),
    /** What a takedown of a profile took away. */
    removed: jsonb('removed').$type<RemovedTexts>().notNull().default({}),
    createdAt: createdAt(),
    undoneAt: time('undone_at'),
  },
  (t) => [
    index('actions_user_idx').on(t.userId, t.createdAt, t.id),
    index('actions_subject_idx').on(t.subjectType, t.subjectId, t.createdAt, t.id),
    index('actions_case_idx').on(t.caseId),
    index('actions_cause_idx').on(t.causeId),
    index('actions_unmarked_idx')
      .on(t.id)
      .where(sql`${t.kind} = 'takedown' and ${t.mediaIds} is null and ${t.undoneAt} is null`),
    check('actions_kind_check', sql`${t.kind} in ('warn', 'takedown', 'restore', 'strike', 'ban', 'unban')`),
    check('actions_subject_check', sql`${t.subjectType} in ('user', 'post', 'comment', 'story')`),
    check('actions_ends_check', sql`${t.endsAt} is null or ${t.kind} = 'ban'`),
  ],
);

/** What the reporter saw. */
export interface Snapshot {
  author: { id: string; handle: string; displayName: string };
  /** By field: caption, body, bio. */
  texts: Record<string, string>;
  mediaIds: string[];
  /** The post of a reported comment; null for other subjects. */
  postId: string | null;
  createdAt: string;
}

export type ReportCategory =
  | 'spam'
  | 'abuse'
  | 'nudity'
  | 'violence'
  | 'selfHarm'
  | 'illegal'
  | 'impersonation'
  | 'other';

export const reports = pgTable(
  'reports',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    /** Null once the reporter's account is gone; the report stays. */
    reporterId: uuid('reporter_id').references(() => users.id, { onDelete: 'set null' }),
    round: integer('round').notNull(),
    category: text('category').$type<ReportCategory>().notNull(),
    reason: text('reason'),
    /** What the report adds to the priority of the case. */
    weight: smallint('weight').notNull(),
    snapshot: jsonb('snapshot').$type<Snapshot>().notNull(),
    createdAt: createdAt(),
    resolvedAt: time('resolved_at'),
    /** The action it led to, if any. */
    actionId: uuid('action_id').references(() => actions.id, { onDelete: 'set null' }),
  },
  (t) => [
    uniqueIndex('reports_reporter_key').on(t.caseId, t.reporterId),
    index('reports_case_idx').on(t.caseId, t.createdAt, t.id),
    index('reports_reporter_idx').on(t.reporterId, t.createdAt, t.id),
    index('reports_action_idx').on(t.actionId),
    check(
      'reports_category_check',
      sql`${t.category} in ('spam', 'abuse', 'nudity', 'violence', 'selfHarm', 'illegal', 'impersonation', 'other')`,
    ),
    check('reports_weight_check', sql`${t.weight} >= 1`),
    check('reports_action_check', sql`${t.actionId} is null or ${t.resolvedAt} is not null`),
  ],
);

export const appeals = pgTable(
  'appeals',
  {
    id: id(),
    actionId: uuid('action_id')
      .notNull()
      .references(() => actions.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    status: text('status').$type<'open' | 'upheld' | 'overturned'>().notNull().default('open'),
    createdAt: createdAt(),
    resolvedAt: time('resolved_at'),
    resolvedBy: text('resolved_by'),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('appeals_action_key').on(t.actionId),
    index('appeals_user_idx').on(t.userId, t.createdAt, t.id),
    index('appeals_status_idx').on(t.status, t.createdAt, t.id),
    check('appeals_status_check', sql`${t.status} in ('open', 'upheld', 'overturned')`),
    check(
      'appeals_resolved_check',
      sql`(${t.status} <> 'open') = (${t.resolvedAt} is not null and ${t.resolvedBy} is not null and ${t.reason} is not null)`,
    ),
  ],
);
