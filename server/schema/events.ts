import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { users } from './users.ts';

/** What happened for people who listen, for an hour. In the order of `xid`: numbers are given out before their transactions commit. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    xid: bigint('xid', { mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text::bigint)`),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'post' | 'notification'>().notNull(),
    /** Of the post or the notification; what it refers to may be gone. */
    subjectId: uuid('subject_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('events_subject_key').on(t.userId, t.kind, t.subjectId),
    index('events_position_idx').on(t.userId, t.xid, t.id),
    index('events_created_idx').on(t.createdAt),
  ],
);

/** Who listens, or did a moment ago: for them alone events are written. */
export const eventListeners = pgTable(
  'event_listeners',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Events of transactions before it may be missing. */
    sinceXid: bigint('since_xid', { mode: 'bigint' }).notNull(),
    /** When they began, without a pause since: names the run that an event id is of. */
    since: time('since').notNull().defaultNow(),
    until: time('until').notNull(),
  },
  (t) => [index('event_listeners_until_idx').on(t.until)],
);
