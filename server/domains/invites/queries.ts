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
import { isFrozen } from './treeQueries.ts';

const status = sql<InviteStatus>`case
  when ${invites.uses} >= ${invites.maxUses} then 'redeemed'
  when ${invites.revokedAt} is not null then 'revoked'
  when ${invites.expiresAt} <= now() then 'expired'
  else 'open' end`;

const open: SQL = sql`(${invites.uses} < ${invites.maxUses} and ${invites.revokedAt} is null and ${invites.expiresAt} > now())`;

const isThere = (userId: SQLWrapper): SQL =>
  sql`exists (select from ${users} where ${users.id} = ${userId} and ${visibleUser(null)})`;

/** An invite is worth what its inviter is: that of somebody deleted, banned or frozen lets nobody in. */
const usable = and(
  open,
  or(isNull(invites.inviterId), sql`(${isThere(invites.inviterId)} and not ${isFrozen(invites.inviterId)})`),
);

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Whether somebody could come by it. All is looked up whatever is found, so that the time tells no more than the answer. */
export async function isUsable(db: Db, code: string): Promise<boolean> {
  const inviterId = sql`coalesce(${invites.inviterId}, ${NOBODY}::uuid)`;
  const [found] = await db.execute<Record<'isOpen' | 'isOperators' | 'isThere' | 'isFrozen', boolean>>(sql`
    select coalesce(${open}, false) as "isOpen", ${invites.inviterId} is null as "isOperators",
      ${isThere(inviterId)} as "isThere", ${isFrozen(inviterId)} as "isFrozen"
    from (select) one left join ${invites} on ${invites.code} = ${code}`);
  const { isOpen, isOperators, isThere: stands, isFrozen: frozen } = found!;
  return isOpen && (isOperators || (stands && !frozen));
}

/** Null when it has no use left. */
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

/** Until the transaction ends, others who count and make invites of this person wait. */
export async function lockInvitesOf(db: Db, inviterId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`invites ${inviterId}`}, 0))`);
}

/** Those that let somebody in and those that still can. */
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

/** Keeps what it finds as it is: an invite that is used up is not revoked, a revoked one not again. */
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

/** Invites of theirs that let somebody in belong to nobody from now on; of their own one only the number is left. */
export async function forgetInvites(db: Db, userId: string): Promise<void> {
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
