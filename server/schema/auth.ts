import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { users } from './users.ts';

export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** PHC string. */
  passwordHash: text('password_hash').notNull(),
  changedAt: time('changed_at').notNull().defaultNow(),
});

/** One family of refresh tokens. They are derived from this row and signed, so none is stored. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Number of the newest refresh token. */
    generation: integer('generation').notNull().default(0),
    rotatedAt: time('rotated_at').notNull().defaultNow(),
    lastUsedAt: time('last_used_at').notNull().defaultNow(),
    deviceName: text('device_name').notNull().default(''),
    /** Keyed hash of the network that it was opened from; null for scripts. */
    network: text('network'),
    createdAt: createdAt(),
    expiresAt: time('expires_at').notNull(),
    revokedAt: time('revoked_at'),
    revokeReason: text('revoke_reason'),
  },
  (t) => [
    index('sessions_user_idx').on(t.userId, t.createdAt, t.id),
    index('sessions_expires_idx').on(t.expiresAt),
    index('sessions_revoked_idx').on(t.revokedAt).where(sql`${t.revokedAt} is not null`),
    check('sessions_generation_check', sql`${t.generation} >= 0`),
    check('sessions_revoked_check', sql`(${t.revokedAt} is null) = (${t.revokeReason} is null)`),
  ],
);

export const securityEvents = pgTable(
  'security_events',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: uuid('session_id'),
    kind: text('kind').notNull(),
    details: jsonb('details').$type<Record<string, string | number>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index('security_events_user_idx').on(t.userId, t.createdAt, t.id),
    index('security_events_created_idx').on(t.createdAt),
  ],
);
