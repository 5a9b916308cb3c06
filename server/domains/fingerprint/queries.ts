import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { hydration } from '../../core/hydration.ts';
import { isOneOf, newerThan, olderThan, timeText } from '../../core/lists.ts';
import { accountColumns } from '../../core/userColumns.ts';
import type { Db } from '../../infra/db/db.ts';
import { deviceAccounts, devices, signupReviews, users } from '../../schema/index.ts';

export type DeviceRow = typeof devices.$inferSelect;

/** The device with this fingerprint, given its hash under every key. */
export async function findDevice(db: Db, hashes: string[]): Promise<DeviceRow | undefined> {
  const [row] = await db.select().from(devices).where(inArray(devices.hash, hashes)).limit(1);
  return row;
}

export async function insertDevice(db: Db, hash: string): Promise<void> {
  await db.insert(devices).values({ hash }).onConflictDoNothing();
}

/** False when the account had been seen on the device before. */
export async function insertAccount(
  db: Db,
  account: { deviceId: string; userId: string; name: string },
): Promise<boolean> {
  const rows = await db.insert(deviceAccounts).values(account).onConflictDoNothing().returning();
  return rows.length > 0;
}

export async function markSeen(db: Db, deviceId: string, userId: string, name: string): Promise<void> {
  await db
    .update(deviceAccounts)
    .set({ name, seenAt: sql`now()` })
    .where(and(eq(deviceAccounts.deviceId, deviceId), eq(deviceAccounts.userId, userId)));
}

export const countAccounts = (db: Db, deviceId: string): Promise<number> =>
  db.$count(deviceAccounts, eq(deviceAccounts.deviceId, deviceId));

export async function updateDevice(
  db: Db,
  id: string,
  change: Partial<Pick<DeviceRow, 'risk' | 'blockedAt'>>,
): Promise<void> {
  await db.update(devices).set(change).where(eq(devices.id, id));
}

/** Most recently seen first. */
export const findDevicesOf = (db: Db, userId: string, after: Position | null, count: number) =>
  db
    .select({
      id: deviceAccounts.deviceId,
      at: timeText(deviceAccounts.createdAt),
      hash: devices.hash,
      risk: devices.risk,
      blockedAt: devices.blockedAt,
      name: deviceAccounts.name,
      createdAt: deviceAccounts.createdAt,
      seenAt: deviceAccounts.seenAt,
    })
    .from(deviceAccounts)
    .innerJoin(devices, eq(devices.id, deviceAccounts.deviceId))
    .where(
      and(
        eq(deviceAccounts.userId, userId),
        olderThan(after, deviceAccounts.createdAt, deviceAccounts.deviceId),
      ),
    )
    .orderBy(desc(deviceAccounts.createdAt), desc(deviceAccounts.deviceId))
    .limit(count);

/** In the order of their first appearance; deleted and banned users included. */
export const findAccountsOn = (db: Db, deviceId: string, after: Position | null, count: number) =>
  db
    .select({
      id: deviceAccounts.userId,
      at: timeText(deviceAccounts.createdAt),
      account: accountColumns,
      firstSeenAt: deviceAccounts.createdAt,
      lastSeenAt: deviceAccounts.seenAt,
    })
    .from(deviceAccounts)
    .innerJoin(users, eq(users.id, deviceAccounts.userId))
    .where(
      and(
        eq(deviceAccounts.deviceId, deviceId),
        newerThan(after, deviceAccounts.createdAt, deviceAccounts.userId),
      ),
    )
    .orderBy(deviceAccounts.createdAt, deviceAccounts.userId)
    .limit(count);

export async function insertReview(db: Db, review: { userId: string; deviceId: string; risk: number }) {
  await db.insert(signupReviews).values(review);
}

/** Sign-ups that no operator has cleared, oldest first. */
export const findReviewIds = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: signupReviews.userId, at: timeText(signupReviews.createdAt) })
    .from(signupReviews)
    .where(
      and(isNull(signupReviews.clearedAt), newerThan(after, signupReviews.createdAt, signupReviews.userId)),
    )
    .orderBy(signupReviews.createdAt, signupReviews.userId)
    .limit(count);

export const findReviews = hydration((db, _viewerId, ids) =>
  db
    .select({
      id: signupReviews.userId,
      account: accountColumns,
      deviceHash: devices.hash,
      risk: signupReviews.risk,
      createdAt: signupReviews.createdAt,
    })
    .from(signupReviews)
    .innerJoin(users, eq(users.id, signupReviews.userId))
    .innerJoin(devices, eq(devices.id, signupReviews.deviceId))
    .where(isOneOf(signupReviews.userId, ids))
    .prepare('reviews'),
);

export async function markCleared(db: Db, userId: string): Promise<void> {
  await db.update(signupReviews).set({ clearedAt: sql`now()` }).where(eq(signupReviews.userId, userId));
}
