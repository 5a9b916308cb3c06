import {
  and,
  count,
  desc,
  eq,
  inArray,
  isNull,
  lt,
  or,
  type SQL,
  type SQLWrapper,
  sql,
  sum,
} from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { timeText } from '../../core/lists.ts';
import { visibleUser } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { inviteRedemptions, invites, users } from '../../schema/index.ts';
import type { InviteStatus } from './contract.ts';
import { isFrozen } from './tree/queries.ts';

const status = sql<InviteStatus>`case
  when ${invites.uses} >= ${invites.maxUses} then 'redeemed'
  when ${invites.revokedAt} is not null then 'revoked'
  when ${invites.expiresAt} <= now() then 'expired'
  else 'open' end`;

const open: SQL = sql`(${invites.uses} < ${invites.maxUses} and ${invites.revokedAt} is null and ${invites.expiresAt} > now())`;

const isThere = (userId: SQLWrapper): SQL =>
  sql`exists (select from ${users} where ${users.id} = ${userId} and ${visibleUser(null)})`;

/** An invite is only usable while its inviter could use the account: not if they are deleted, banned or frozen. */
const usable = and(
  open,
  or(isNull(invites.inviterId), sql`(${isThere(invites.inviterId)} and not ${isFrozen(invites.inviterId)})`),
);

const NOBODY = '00000000-0000-4000-8000-000000000000';

/**
 * Whether somebody could join with the code. Runs the same look-ups for every code, so the response time reveals
 * nothing more.
 */
export async function isUsable(db: Db, code: string): Promise<boolean> {
  const inviterId = sql`coalesce(${invites.inviterId}, ${NOBODY}::uuid)`;
  const [found] = await db.execute<Record<'isOpen' | 'isOperators' | 'isThere' | 'isFrozen', boolean>>(sql`
    select coalesce(${open}, false) as "isOpen", ${invites.inviterId} is null as "isOperators",
      ${isThere(inviterId)} as "isThere", ${isFrozen(inviterId)} as "isFrozen"
    from (select) one left join ${invites} on ${invites.code} = ${code}`);
  const { isOpen, isOperators, isThere: stands, isFrozen: frozen } = found!;
  return isOpen && (isOperators || (stands && !frozen));
}

/** Null when no use is left. */
export async function spendUse(db: Db, code: string): Promise<{ inviterId: string | null } | null> {
  const rows = await db
    .update(invites)
    .set({ uses: sql`${invites.uses} + 1` })
    .where(and(eq(invites.code, code), usable))
    .returning({ inviterId: invites.inviterId });
  return rows[0] ?? null;
}

export async function insertRedemption(db: Db, code: string, userId: string): Promise<void> {
  await db.insert(inviteRedemptions).values({ code, userId });
}

/** Counts redeemed and open invites. */
export async function countInvites(db: Db, inviterId: string) {
  const [row] = await db
    .select({
      trustLevel: users.trustLevel,
      redeemed: sql<number>`coalesce(${sum(invites.uses)}, 0)::int`,
      open: sql<number>`(${count(invites.code)} filter (where ${open}))::int`,
    })
    .from(users)
    .leftJoin(invites, eq(invites.inviterId, users.id))
    .where(eq(users.id, inviterId))
    .groupBy(users.id);
  return row;
}

interface NewRow {
  code: string;
  inviterId: string | null;
  daysValid: number;
  maxUses: number;
  note: string | null;
}

const columns = {
  code: invites.code,
  status,
  createdAt: invites.createdAt,
  expiresAt: invites.expiresAt,
  maxUses: invites.maxUses,
  uses: invites.uses,
  note: invites.note,
};

export async function insertInvite(db: Db, { daysValid, ...row }: NewRow) {
  const [made] = await db
    .insert(invites)
    .values({ ...row, expiresAt: sql`now() + ${daysValid} * interval '1 day'` })
    .returning(columns);
  return made!;
}

/** Newest first. */
export const findInvitesOf = (db: Db, inviterId: string, after: Position | null, limit: number) =>
  db
    .select({
      id: invites.code,
      at: timeText(invites.createdAt),
      ...columns,
      redeemerId: inviteRedemptions.userId,
    })
    .from(invites)
    .leftJoin(inviteRedemptions, eq(inviteRedemptions.code, invites.code))
    .where(
      and(
        eq(invites.inviterId, inviterId),
        after
          ? sql`(${invites.createdAt}, ${invites.code}) < (${after.at}::text::timestamptz, ${after.id}::text)`
          : undefined,
      ),
    )
    .orderBy(desc(invites.createdAt), desc(invites.code))
    .limit(limit);

/** Changes nothing for an invite that is redeemed or already revoked. */
export async function revokeInvite(db: Db, inviterId: string, code: string): Promise<void> {
  await db
    .update(invites)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(invites.code, code),
        eq(invites.inviterId, inviterId),
        isNull(invites.revokedAt),
        lt(invites.uses, invites.maxUses),
      ),
    );
}

export async function findInviteOf(db: Db, inviterId: string, code: string) {
  const [row] = await db
    .select({ ...columns, redeemerId: inviteRedemptions.userId })
    .from(invites)
    .leftJoin(inviteRedemptions, eq(inviteRedemptions.code, invites.code))
    .where(and(eq(invites.code, code), eq(invites.inviterId, inviterId)));
  return row;
}

/** The user's redeemed invites lose their inviter. Of the invite that the user joined with, only the number of uses remains. */
export async function purgeInvitesOf(db: Db, userId: string): Promise<void> {
  await db
    .update(invites)
    .set({ inviterId: null, note: null, revokedAt: sql`coalesce(${invites.revokedAt}, now())` })
    .where(and(eq(invites.inviterId, userId), sql`${invites.uses} > 0`));
  await db
    .update(invites)
    .set({ departed: sql`${invites.departed} + 1` })
    .where(
      inArray(
        invites.code,
        db
          .select({ code: inviteRedemptions.code })
          .from(inviteRedemptions)
          .where(eq(inviteRedemptions.userId, userId)),
      ),
    );
}
