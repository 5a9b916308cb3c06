import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { actions } from './moderation.ts';
import { users } from './users.ts';

/** The current points of each source, if any; the sum per user is kept in `users.trust_points`. */
export const trustPoints = pgTable(
  'trust_points',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    act: text('act').notNull(),
    /** Id of the source, or two ids joined; not a reference, because sources are in several tables. */
    sourceId: text('source_id').notNull(),
    points: smallint('points').notNull(),
  },
  (t) => [
    primaryKey({ name: 'trust_points_pkey', columns: [t.userId, t.act, t.sourceId] }),
    check(
      'trust_points_act_check',
      sql`${t.act} in ('post', 'comment', 'likeReceived', 'follower', 'flagUpheld', 'contentRemoved', 'strike', 'invitedBasic')`,
    ),
    check('trust_points_points_check', sql`${t.points} <> 0`),
  ],
);

export const strikes = pgTable(
  'strikes',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The action that issued the strike. */
    actionId: uuid('action_id')
      .notNull()
      .references(() => actions.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    endsAt: time('ends_at').notNull(),
    undoneAt: time('undone_at'),
  },
  (t) => [
    uniqueIndex('strikes_action_key').on(t.actionId),
    index('strikes_user_idx').on(t.userId, t.createdAt, t.id),
    index('strikes_ends_idx').on(t.endsAt, t.id),
    check('strikes_ends_check', sql`${t.endsAt} > ${t.createdAt}`),
  ],
);
