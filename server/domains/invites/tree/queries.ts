import { and, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import { accountColumns } from '../../../core/userColumns.ts';
import type { Db } from '../../../infra/db/db.ts';
import { inviteFreezes, inviteRedemptions, invites, users } from '../../../schema/index.ts';

/** The user, the user's inviter, and so on up; as `line (user_id, depth)`. */
const lineOf = (userId: SQLWrapper | string): SQL => sql`
  line (user_id, depth) as (
    select ${userId}::uuid, 0
    union all
    select ${invites.inviterId}, line.depth + 1 from line
    join ${inviteRedemptions} on ${inviteRedemptions.userId} = line.user_id
    join ${invites} on ${invites.code} = ${inviteRedemptions.code}
    where ${invites.inviterId} is not null)`;

/** The user, or somebody above them, is frozen. */
export const isFrozen = (userId: SQLWrapper | string): SQL => sql`exists (
  with recursive ${lineOf(userId)}
  select from line join ${inviteFreezes} on ${inviteFreezes.userId} = line.user_id)`;

export async function readIsFrozen(db: Db, userId: string): Promise<boolean> {
  const [row] = await db.execute<{ frozen: boolean }>(sql`select ${isFrozen(userId)} as frozen`);
  return row!.frozen;
}

/** The nearest frozen user in the line, starting with the user. */
export async function findFrozenBy(db: Db, userId: string): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    with recursive ${lineOf(userId)}
    select line.user_id::text as id from line
    join ${inviteFreezes} on ${inviteFreezes.userId} = line.user_id order by line.depth limit 1`);
  return row?.id ?? null;
}

/** Counts the users who joined with the user's invites, directly or indirectly; stops at `most`. */
export async function countBelow(db: Db, userId: string, most: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with recursive below (user_id) as (
      select ${userId}::uuid
      union all
      select ${inviteRedemptions.userId} from below
      join ${invites} on ${invites.inviterId} = below.user_id
      join ${inviteRedemptions} on ${inviteRedemptions.code} = ${invites.code})
    select (count(*) - 1)::int as count from (select from below limit ${most + 1}) counted`);
  return row!.count;
}

const frozenAt = sql<Date | null>`${inviteFreezes.createdAt}`.mapWith(inviteFreezes.createdAt);

export async function findAccount(db: Db, userId: string) {
  const [row] = await db
    .select({ account: accountColumns, frozenAt })
    .from(users)
    .leftJoin(inviteFreezes, eq(inviteFreezes.userId, users.id))
    .where(eq(users.id, userId));
  return row;
}

export async function findInviterOf(db: Db, userId: string) {
  const [row] = await db
    .select({ account: accountColumns })
    .from(inviteRedemptions)
    .innerJoin(invites, eq(invites.code, inviteRedemptions.code))
    .innerJoin(users, eq(users.id, invites.inviterId))
    .where(eq(inviteRedemptions.userId, userId));
  return row?.account ?? null;
}

const invitedCount = sql<number>`(
  select count(*)::int from ${invites} made join ${inviteRedemptions} used on used.code = made.code
  where made.inviter_id = ${users.id})`;

/** Users who joined with the user's invites, newest first. */
export const findInvitedBy = (db: Db, inviterId: string, after: Position | null, count: number) =>
  db
    .select({
      id: inviteRedemptions.userId,
      at: timeText(inviteRedemptions.redeemedAt),
      account: accountColumns,
      redeemedAt: inviteRedemptions.redeemedAt,
      frozenAt,
      invitedCount,
    })
    .from(invites)
    .innerJoin(inviteRedemptions, eq(inviteRedemptions.code, invites.code))
    .innerJoin(users, eq(users.id, inviteRedemptions.userId))
    .leftJoin(inviteFreezes, eq(inviteFreezes.userId, users.id))
    .where(
      and(
        eq(invites.inviterId, inviterId),
        olderThan(after, inviteRedemptions.redeemedAt, inviteRedemptions.userId),
      ),
    )
    .orderBy(desc(inviteRedemptions.redeemedAt), desc(inviteRedemptions.userId))
    .limit(count);

export const countInvitedBy = (db: Db, inviterId: string): Promise<number> =>
  db.$count(
    inviteRedemptions,
    sql`${inviteRedemptions.code} in (select ${invites.code} from ${invites} where ${invites.inviterId} = ${inviterId})`,
  );

/** False when the user was already frozen. */
export async function insertFreeze(db: Db, userId: string): Promise<boolean> {
  const rows = await db.insert(inviteFreezes).values({ userId }).onConflictDoNothing().returning();
  return rows.length > 0;
}

/** False when the user was not frozen directly. */
export async function deleteFreeze(db: Db, userId: string): Promise<boolean> {
  const rows = await db.delete(inviteFreezes).where(eq(inviteFreezes.userId, userId)).returning();
  return rows.length > 0;
}

/** Freezes the users whom this user invited directly, if they have been frozen through this user until now. */
export async function inheritFreeze(db: Db, userId: string): Promise<void> {
  await db.execute(sql`
    insert into ${inviteFreezes} (user_id)
    select ${inviteRedemptions.userId} from ${invites}
    join ${inviteRedemptions} on ${inviteRedemptions.code} = ${invites.code}
    where ${invites.inviterId} = ${userId} and ${isFrozen(userId)}
    on conflict do nothing`);
}
