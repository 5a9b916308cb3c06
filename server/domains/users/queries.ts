import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { hydration } from '../../core/hydration.ts';
import { isOneOf } from '../../core/lists.ts';
import { shownPostCount } from '../../core/marks.ts';
import { avatarMedia, cardColumns, ofAvatar, ofUser } from '../../core/userColumns.ts';
import { bannedUser, openAccount, visibleUser } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { actions, avatars, userSettings, users } from '../../schema/index.ts';
import type { OwnBan } from './contract.ts';

export type UserRow = typeof users.$inferSelect;

export const findVisibleCards = hydration((db, viewerId, ids) =>
  db
    .select(cardColumns)
    .from(users)
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(isOneOf(users.id, ids), visibleUser(viewerId)))
    .prepare('cards'),
);

export async function findMe(db: Db, userId: string) {
  const [row] = await db
    .select({
      ...cardColumns,
      email: users.email,
      bio: users.bio,
      discoverable: users.discoverable,
      followerCount: users.followerCount,
      followingCount: users.followingCount,
      postCount: shownPostCount(),
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

/** False for somebody who is hidden from the viewer, too. */
export async function isOpenAccount(db: Db, viewerId: string | null, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), visibleUser(viewerId), openAccount(viewerId)));
  return rows.length > 0;
}

/** As nobody in particular sees them. */
export async function findVisibleUserByHandle(db: Db, handle: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(sql`lower(${users.handle})`, handle.toLowerCase()), visibleUser(null)));
  return row;
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
