import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { users } from './users.ts';

export const devices = pgTable(
  'devices',
  {
    id: id(),
    /** Keyed hash of the fingerprint, so that nobody can try fingerprints on a copy of this table. */
    hash: text('hash').notNull(),
    /** Grows with every account that is new on the device, up to 100. */
    risk: smallint('risk').notNull().default(0),
    createdAt: createdAt(),
    blockedAt: time('blocked_at'),
  },
  (t) => [
    uniqueIndex('devices_hash_key').on(t.hash),
    check('devices_hash_check', sql`length(${t.hash}) = 43`),
    check('devices_risk_check', sql`${t.risk} between 0 and 100`),
  ],
);

export const deviceAccounts = pgTable(
  'device_accounts',
  {
    deviceId: uuid('device_id')
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The latest name that the client sent. */
    name: text('name').notNull(),
    createdAt: createdAt(),
    seenAt: time('seen_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'device_accounts_pkey', columns: [t.deviceId, t.userId] }),
    index('device_accounts_device_idx').on(t.deviceId, t.createdAt, t.userId),
    index('device_accounts_user_idx').on(t.userId, t.createdAt, t.deviceId),
  ],
);

/** Sign-ups on risky devices, for an operator to review; meanwhile the account works. */
export const signupReviews = pgTable(
  'signup_reviews',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    /** Risk of the device, including this account. */
    risk: smallint('risk').notNull(),
    createdAt: createdAt(),
    clearedAt: time('cleared_at'),
  },
  (t) => [
    index('signup_reviews_open_idx').on(t.createdAt, t.userId).where(sql`${t.clearedAt} is null`),
    index('signup_reviews_device_idx').on(t.deviceId),
  ],
);
