import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { users } from './users.ts';

export const invites = pgTable(
  'invites',
  {
    code: text('code').primaryKey(),
    /** Null for an invite made by an operator. */
    inviterId: uuid('inviter_id').references(() => users.id, { onDelete: 'cascade' }),
    maxUses: integer('max_uses').notNull().default(1),
    uses: integer('uses').notNull().default(0),
    /** Uses by users who have been purged since. */
    departed: integer('departed').notNull().default(0),
    note: text('note'),
    createdAt: createdAt(),
    expiresAt: time('expires_at').notNull(),
    revokedAt: time('revoked_at'),
  },
  (t) => [
    index('invites_inviter_idx').on(t.inviterId, t.createdAt, t.code),
    check('invites_code_check', sql`length(${t.code}) = 12`),
    check('invites_departed_check', sql`${t.departed} between 0 and ${t.uses}`),
    check('invites_uses_check', sql`${t.uses} between 0 and ${t.maxUses}`),
  ],
);

export const inviteRedemptions = pgTable(
  'invite_redemptions',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    code: text('code')
      .notNull()
      .references(() => invites.code, { onDelete: 'cascade' }),
    redeemedAt: time('redeemed_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('invite_redemptions_code_user_key').on(t.code, t.userId)],
);

/** Users who may not invite; neither may the users they invited, directly or indirectly. */
export const inviteFreezes = pgTable('invite_freezes', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
});
