import { and, eq, or, sql } from 'drizzle-orm';
import { freeRows } from '../../core/locks.ts';
import type { Db } from '../../infra/db/db.ts';
import { blocks, closeFriends, followRequests, follows, mutes, users } from '../../schema/index.ts';

export async function isFollower(db: Db, followerId: string, followeeId: string): Promise<boolean> {
  const rows = await db
    .select({ merged: follows.merged })
    .from(follows)
    .where(ofFollow(followerId, followeeId));
  return rows.length > 0;
}

/** Whether the new follow is merged when the feed is read; undefined when it existed already. */
export async function insertFollow(
  db: Db,
  followerId: string,
  followeeId: string,
  byRequest: boolean,
): Promise<boolean | undefined> {
  const [row] = await db.execute<{ merged: boolean }>(sql`
    insert into ${follows} (follower_id, followee_id, merged, by_request)
    select ${followerId}::uuid, ${users.id}, ${users.widelyFollowed}, ${byRequest}::boolean from ${users} where ${users.id} = ${followeeId}
    on conflict do nothing returning merged`);
  return row?.merged;
}

export async function deleteFollow(db: Db, followerId: string, followeeId: string): Promise<boolean> {
  const rows = await db
    .delete(follows)
    .where(ofFollow(followerId, followeeId))
    .returning({ id: follows.followerId });
  return rows.length > 0;
}

export async function mergeFollowsOf(db: Db, followeeId: string): Promise<void> {
  await db
    .update(follows)
    .set({ merged: true })
    .where(and(eq(follows.followeeId, followeeId), eq(follows.merged, false)));
}

export async function insertRequest(db: Db, requesterId: string, targetId: string): Promise<void> {
  await db.insert(followRequests).values({ requesterId, targetId }).onConflictDoNothing();
}

export async function deleteRequest(db: Db, requesterId: string, targetId: string): Promise<boolean> {
  const rows = await db
    .delete(followRequests)
    .where(and(eq(followRequests.requesterId, requesterId), eq(followRequests.targetId, targetId)))
    .returning({ id: followRequests.requesterId });
  return rows.length > 0;
}

export async function isBlocking(db: Db, blockerId: string, blockedId: string): Promise<boolean> {
  const rows = await db.select({ at: blocks.createdAt }).from(blocks).where(ofBlock(blockerId, blockedId));
  return rows.length > 0;
}

export async function insertBlock(db: Db, blockerId: string, blockedId: string): Promise<void> {
  await db.insert(blocks).values({ blockerId, blockedId });
}

export async function deleteBlock(db: Db, blockerId: string, blockedId: string): Promise<boolean> {
  const rows = await db
    .delete(blocks)
    .where(ofBlock(blockerId, blockedId))
    .returning({ id: blocks.blockedId });
  return rows.length > 0;
}

export async function writeMute(
  db: Db,
  muterId: string,
  mutedId: string,
  expiresAt: Date | null,
): Promise<void> {
  await db
    .insert(mutes)
    .values({ muterId, mutedId, expiresAt })
    .onConflictDoUpdate({ target: [mutes.muterId, mutes.mutedId], set: { expiresAt } });
}

export async function deleteMute(db: Db, muterId: string, mutedId: string): Promise<boolean> {
  const rows = await db
    .delete(mutes)
    .where(and(eq(mutes.muterId, muterId), eq(mutes.mutedId, mutedId)))
    .returning({ id: mutes.mutedId });
  return rows.length > 0;
}

/** Deletes up to `count` that have ended; returns how many. */
export async function deleteEndedMutes(db: Db, count: number): Promise<number> {
  const ended = freeRows(mutes, sql`${mutes.expiresAt} <= now()`, count);
  const rows = await db.execute(sql`delete from ${mutes} where ctid = any(array(${ended})) returning 1`);
  return rows.length;
}

export async function insertCloseFriend(db: Db, ownerId: string, friendId: string): Promise<void> {
  await db.insert(closeFriends).values({ ownerId, friendId }).onConflictDoNothing();
}

export async function deleteCloseFriend(db: Db, ownerId: string, friendId: string): Promise<boolean> {
  const rows = await db
    .delete(closeFriends)
    .where(ofFriend(ownerId, friendId))
    .returning({ id: closeFriends.friendId });
  return rows.length > 0;
}

export async function deleteCloseFriendsBetween(db: Db, one: string, other: string): Promise<void> {
  await db.delete(closeFriends).where(or(ofFriend(one, other), ofFriend(other, one)));
}

const ofFollow = (followerId: string, followeeId: string) =>
  and(eq(follows.followerId, followerId), eq(follows.followeeId, followeeId));

const ofBlock = (blockerId: string, blockedId: string) =>
  and(eq(blocks.blockerId, blockerId), eq(blocks.blockedId, blockedId));

const ofFriend = (ownerId: string, friendId: string) =>
  and(eq(closeFriends.ownerId, ownerId), eq(closeFriends.friendId, friendId));
