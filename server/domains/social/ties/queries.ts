import { eq, or, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { freeRows } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { blocks, closeFriends, followRequests, follows, mutes } from '../../../schema/index.ts';

/** Follows in both directions. */
export const findFollowsAround = (db: Db, userId: string, count: number) =>
  db
    .select({ followerId: follows.followerId, followeeId: follows.followeeId })
    .from(follows)
    .where(or(eq(follows.followerId, userId), eq(follows.followeeId, userId)))
    .limit(count);

const tables: [table: PgTable, one: PgColumn, other: PgColumn][] = [
  [followRequests, followRequests.requesterId, followRequests.targetId],
  [blocks, blocks.blockerId, blocks.blockedId],
  [closeFriends, closeFriends.ownerId, closeFriends.friendId],
  [mutes, mutes.muterId, mutes.mutedId],
];

/** Deletes up to `count` each of the requests, blocks, close friends and mutes by or of the user; returns the largest number of a kind. */
export async function deleteTiesAround(db: Db, userId: string, count: number): Promise<number> {
  let most = 0;
  for (const [table, one, other] of tables) {
    const ids = freeRows(table, or(eq(one, userId), eq(other, userId)), count);
    const rows = await db.execute(sql`delete from ${table} where ctid = any(array(${ids})) returning 1`);
    most = Math.max(most, rows.length);
  }
  return most;
}
