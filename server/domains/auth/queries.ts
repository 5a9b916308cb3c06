import { and, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { olderThan, timeText } from '../../core/lists.ts';
import { activeAccount, bannedUser } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { credentials, securityEvents, sessions, users } from '../../schema/index.ts';

/** Lifetime of a family of refresh tokens, however often they are refreshed. */
const LIFE = sql`interval '365 days'`;
const GRACE = sql`interval '60 seconds'`;

export type SessionRow = typeof sessions.$inferSelect;

const isOpen = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`))!;

/** By email address when the identifier contains an @, otherwise by handle. */
export async function findLogin(db: Db, identifier: string) {
  const column = identifier.includes('@') ? users.email : users.handle;
  const [row] = await selectLogin(db).where(sql`lower(${column}) = lower(${identifier})`);
  return row ?? null;
}

/** Whether the user has signed in from this network, in the sessions that are kept. */
export async function isKnownNetwork(db: Db, userId: string, network: string): Promise<boolean> {
  const found = and(eq(sessions.userId, userId), eq(sessions.network, network));
  return (await db.$count(sessions, found)) > 0;
}

export async function findLoginOf(db: Db, userId: string) {
  const [row] = await selectLogin(db).where(eq(users.id, userId));
  return row ?? null;
}

const selectLogin = (db: Db) =>
  db
    .select({
      userId: users.id,
      handle: users.handle,
      email: users.email,
      passwordHash: credentials.passwordHash,
      changedAt: credentials.changedAt,
      isActive: sql<boolean>`${activeAccount()}`,
    })
    .from(users)
    .innerJoin(credentials, eq(credentials.userId, users.id))
    .$dynamic();

export async function findNames(db: Db, userId: string) {
  const [row] = await db
    .select({ handle: users.handle, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  return row ?? null;
}

export async function insertCredentials(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.insert(credentials).values({ userId, passwordHash });
}

/** Stores a new hash of the same password. */
export async function storeRehash(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.update(credentials).set({ passwordHash }).where(eq(credentials.userId, userId));
}

export async function storeNewPassword(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db
    .update(credentials)
    .set({ passwordHash, changedAt: sql`clock_timestamp()` })
    .where(eq(credentials.userId, userId));
}

export async function insertSession(
  db: Db,
  session: { userId: string; deviceName: string; network: string | null },
): Promise<SessionRow> {
  const [row] = await db
    .insert(sessions)
    .values({ ...session, expiresAt: sql`now() + ${LIFE}` })
    .returning();
  return row!;
}

/** What the times of a session mean now. */
export const sessionState = () => ({
  isOpen: sql<boolean>`${isOpen} and ${activeAccount()}`,
  isWithinGrace: sql<boolean>`${sessions.rotatedAt} > now() - ${GRACE}`,
});

export async function rotateSession(db: Db, sessionId: string): Promise<SessionRow> {
  const [row] = await db
    .update(sessions)
    .set({ generation: sql`${sessions.generation} + 1`, rotatedAt: sql`now()`, lastUsedAt: sql`now()` })
    .where(eq(sessions.id, sessionId))
    .returning();
  return row!;
}

/** The ids of the sessions that this call ended. */
export async function revokeSessions(
  db: Db,
  userId: string,
  reason: string,
  which: { only?: string; except?: string | null } = {},
): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        which.only ? eq(sessions.id, which.only) : undefined,
        which.except ? ne(sessions.id, which.except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return rows.map(({ id }) => id);
}

export async function hasSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)));
  return rows.length > 0;
}

/** Null when the session is over or its user is deleted. `bannedUntil` is set while the user is banned. */
export async function findSessionUser(db: Db, sessionId: string) {
  const [row] = await db
    .select({
      id: users.id,
      handle: users.handle,
      trustLevel: users.trustLevel,
      isPrivate: users.isPrivate,
      bannedUntil: sql<string | null>`case when ${bannedUser()} then ${users.bannedUntil}::text end`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isOpen, activeAccount()));
  return row ?? null;
}

/** Newest first. A session is over when its refresh token has expired. */
export async function findOpenSessions(
  db: Db,
  userId: string,
  refreshTtlDays: number,
  after: Position | null,
  count: number,
) {
  return db
    .select({ session: sessions, id: sessions.id, at: timeText(sessions.createdAt) })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isOpen,
        rotatedWithin(refreshTtlDays),
        olderThan(after, sessions.createdAt, sessions.id),
      ),
    )
    .orderBy(sql`${sessions.createdAt} desc, ${sessions.id} desc`)
    .limit(count);
}

const rotatedWithin = (days: number): SQL =>
  sql`${sessions.rotatedAt} > now() - make_interval(days => ${days})`;

type SecurityEvent = Omit<typeof securityEvents.$inferInsert, 'id' | 'createdAt'>;

export async function insertSecurityEvents(db: Db, events: SecurityEvent[]): Promise<void> {
  if (events.length > 0) await db.insert(securityEvents).values(events);
}
