import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { hydration } from '../../core/hydration.ts';
import { isOneOf } from '../../core/lists.ts';
import { bannedUser, openAccount, visibleUser } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { actions, avatars, media, userSettings, users } from '../../schema/index.ts';
import type { OwnBan } from './contract.ts';

export type UserRow = typeof users.$inferSelect;

/** The photo of an avatar, distinct from other media in the same query. */
export const avatarMedia = alias(media, 'avatar_media');

export const cardColumns = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  isPrivate: users.isPrivate,
  avatarArea: avatarMedia.area,
  avatarFolder: avatarMedia.folder,
  avatarThumbhash: avatarMedia.thumbhash,
};

/** What operators see of a user, even if deleted or banned. */
export const accountColumns = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  trustLevel: users.trustLevel,
  bannedUntil: users.bannedUntil,
  deletedAt: users.deletedAt,
};

const ofUser = eq(avatars.userId, users.id);
const ofAvatar = eq(avatarMedia.id, avatars.mediaId);

export const findVisibleCards = hydration((db, viewerId, ids) =>
  db
    .select(cardColumns)
    .from(users)
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(isOneOf(users.id, ids), visibleUser(viewerId)))
    .prepare('cards'),
);

/** By id or by handle; `isOpen` says whether the viewer may know the counts. */
export async function findVisibleProfile(
  db: Db,
  viewerId: string | null,
  by: { userId: string } | { handle: string },
) {
  const wanted =
    'userId' in by ? eq(users.id, by.userId) : eq(sql`lower(${users.handle})`, by.handle.toLowerCase());
  const [row] = await db
    .select({
      ...cardColumns,
      bio: users.bio,
      followerCount: users.followerCount,
      followingCount: users.followingCount,
      postCount: users.postCount,
      createdAt: users.createdAt,
      isOpen: sql<boolean>`${openAccount(viewerId)}`,
    })
    .from(users)
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(wanted, visibleUser(viewerId)));
  return row;
}

export async function findMe(db: Db, userId: string) {
  const [row] = await db
    .select({
      ...cardColumns,
      email: users.email,
      bio: users.bio,
      discoverable: users.discoverable,
      followerCount: users.followerCount,
      followingCount: users.followingCount,
      postCount: users.postCount,
      trustLevel: users.trustLevel,
      createdAt: users.createdAt,
      isBanned: sql<boolean>`${bannedUser()}`,
      settings: userSettings,
    })
    .from(users)
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .leftJoin(userSettings, eq(userSettings.userId, users.id))
    .where(eq(users.id, userId));
  return row;
}

/** The ban that lasts longest. */
export async function findBan(db: Db, userId: string): Promise<OwnBan | null> {
  const [row] = await db
    .select({ actionId: actions.id, until: actions.endsAt, rule: actions.rule, reason: actions.reason })
    .from(actions)
    .where(
      and(
        eq(actions.userId, userId),
        eq(actions.kind, 'ban'),
        isNull(actions.undoneAt),
        sql`(${actions.endsAt} is null or ${actions.endsAt} > now())`,
      ),
    )
    .orderBy(sql`${actions.endsAt} desc nulls first`)
    .limit(1);
  return row ?? null;
}

export async function findVisibleUser(
  db: Db,
  viewerId: string | null,
  userId: string,
): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), visibleUser(viewerId)));
  return row;
}

/** In the order of their ids. */
export async function findOthersByHandles(db: Db, viewerId: string, handles: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(sql`lower(${users.handle})`, handles), ne(users.id, viewerId), visibleUser(viewerId)))
    .orderBy(users.id);
  return rows.map(({ id }) => id);
}

export async function insertUser(db: Db, user: typeof users.$inferInsert): Promise<string> {
  const [row] = await db.insert(users).values(user).returning({ id: users.id });
  return row!.id;
}

/** Finds hidden users too. */
export async function findUser(db: Db, userId: string): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row;
}

export type UserChange = { [Column in keyof UserRow]?: UserRow[Column] | undefined };

/** Columns that are undefined stay as they are. */
export async function updateUser(db: Db, userId: string, change: UserChange): Promise<void> {
  if (Object.values(change).every((value) => value === undefined)) return;
  await db.update(users).set(change).where(eq(users.id, userId));
}

export async function markDeleted(db: Db, userId: string): Promise<boolean> {
  const rows = await db
    .update(users)
    .set({ deletedAt: sql`now()` })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning({ id: users.id });
  return rows.length > 0;
}

export interface CountChange {
  followers?: number;
  following?: number;
  posts?: number;
}

export async function addToCounts(
  db: Db,
  userId: string,
  { followers = 0, following = 0, posts = 0 }: CountChange,
) {
  const [row] = await db
    .update(users)
    .set({
      followerCount: sql`${users.followerCount} + ${followers}`,
      followingCount: sql`${users.followingCount} + ${following}`,
      postCount: sql`${users.postCount} + ${posts}`,
    })
    .where(eq(users.id, userId))
    .returning({ followerCount: users.followerCount, widelyFollowed: users.widelyFollowed });
  return row;
}

export async function addTrustPoints(db: Db, userId: string, points: number): Promise<void> {
  await db
    .update(users)
    .set({ trustPoints: sql`${users.trustPoints} + ${points}` })
    .where(eq(users.id, userId));
}
