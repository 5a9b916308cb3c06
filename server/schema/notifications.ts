import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { users } from './users.ts';

/** Notifications in one entry: of one kind, about one subject, within an hour. */
export const notificationGroups = pgTable(
  'notification_groups',
  {
    id: id(),
    recipientId: uuid('recipient_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Time of its first notification; the place of an entry in the list never changes. */
    createdAt: createdAt(),
  },
  (t) => [
    index('notification_groups_recipient_idx').on(t.recipientId, t.createdAt, t.id),
    index('notification_groups_subject_idx').on(t.recipientId, t.kind, t.subjectId, t.createdAt),
    index('notification_groups_created_idx').on(t.createdAt),
  ],
);

/** One row per notification, for as long as its source exists. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => notificationGroups.id, { onDelete: 'cascade' }),
    recipientId: uuid('recipient_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    /** Null when no user caused it. */
    actorId: uuid('actor_id').references(() => users.id, { onDelete: 'cascade' }),
    subjectId: uuid('subject_id').notNull(),
    /** Id of the source, which distinguishes notifications about one subject. */
    sourceId: uuid('source_id').notNull(),
    createdAt: createdAt(),
    readAt: time('read_at'),
    /** When the source was undone. Repeated within a day, the same notification comes back and is not sent again. */
    retractedAt: time('retracted_at'),
  },
  (t) => [
    uniqueIndex('notifications_act_key').on(t.recipientId, t.kind, t.subjectId, t.sourceId),
    index('notifications_recipient_idx').on(t.recipientId, t.createdAt, t.id),
    index('notifications_group_idx').on(t.groupId, t.createdAt, t.id),
    index('notifications_actor_idx').on(t.actorId),
    check('notifications_self_check', sql`${t.actorId} <> ${t.recipientId}`),
  ],
);

/** Everything up to this time is read; it only moves forward. */
export const notificationMarkers = pgTable('notification_markers', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  readUpTo: time('read_up_to').notNull(),
});
