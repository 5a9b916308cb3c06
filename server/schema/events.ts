import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { users } from './users.ts';

/** Events for users who listen, kept for an hour. Ordered by `xid`, because ids are assigned before their transactions commit. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    xid: bigint('xid', { mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text::bigint)`),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'post' | 'notification' | 'postMedia' | 'storyMedia' | 'avatar'>().notNull(),
    /** Id of the post, story, notification or user, who may be gone by now. */
    subjectId: uuid('subject_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('events_subject_key').on(t.userId, t.kind, t.subjectId),
    index('events_position_idx').on(t.userId, t.xid, t.id),
    index('events_created_idx').on(t.createdAt),
  ],
);

/** Users who listen, or did a moment ago: events are written only for them. */
export const eventListeners = pgTable(
  'event_listeners',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Events of earlier transactions may be missing. */
    sinceXid: bigint('since_xid', { mode: 'bigint' }).notNull(),
    /** When the user began to listen without a pause; identifies the run that an event id belongs to. */
    since: time('since').notNull().defaultNow(),
    until: time('until').notNull(),
  },
  (t) => [index('event_listeners_until_idx').on(t.until)],
);
