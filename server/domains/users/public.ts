import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { badField, CielError, notFound } from '../../core/errors.ts';
import { enqueue } from '../../core/outbox.ts';
import type { RemovedTexts } from '../../schema/takedowns.ts';
import { avatarAddress } from '../media/public.ts';
import { changeAvatar } from './avatar/service.ts';
import type { Me, Settings, UserCard } from './contract.ts';
import { claimHandle } from './handles/queries.ts';
import * as purge from './purge/queries.ts';
import * as queries from './queries.ts';
import { findBan, findMe, findVisibleCards } from './queries.ts';
import { reservedHandles } from './reservedHandles.ts';
import { findSettings, settingsFrom } from './settings/queries.ts';

export function refuseReserved(handle: string): void {
  if (reservedHandles.has(handle.toLowerCase())) throw badField('handle', 'is reserved');
}

/** Throws `handle_taken` when another user has or ever had the handle. */
export async function takeHandle(app: App, userId: string, handle: string): Promise<void> {
  if (!(await claimHandle(app.db, userId, handle))) throw handleTaken();
}

export const handleTaken = () =>
  new CielError('handle_taken', { errors: [{ field: 'handle', message: 'is already taken' }] });

type CardRow = Awaited<ReturnType<typeof findVisibleCards>>[number];

/** Those of the users who exist for the viewer, by id. */
export async function presentUsers(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, UserCard>> {
  const rows = await findVisibleCards(app.db, viewerId, ids);
  return new Map(rows.map((row) => [row.id, presentCard(app, viewerId, row)]));
}

/** From a row of `cardColumns`, with a URL for the viewer. Does not check visibility. */
export function presentCard(app: App, viewerId: string | null, row: CardRow): UserCard {
  const { id, handle, displayName, isPrivate } = row;
  const { avatarId, avatarArea: area, avatarFolder: folder, avatarThumbhash: thumbhash } = row;
  const avatar =
    avatarId !== null && area !== null && folder !== null && thumbhash !== null
      ? { ...avatarAddress(app, viewerId, { id: avatarId, area, folder }), thumbhash }
      : null;
  return { id, handle, displayName, avatar, isPrivate };
}

/** The user's own profile, with private fields. */
export async function presentMe(app: App, userId: string): Promise<Me> {
  const row = await findMe(app.db, userId);
  if (!row) throw notFound();
  const { email, bio, discoverable, followerCount, followingCount, postCount, trustLevel, createdAt } = row;
  return {
    ...presentCard(app, userId, row),
    email,
    bio,
    discoverable,
    followerCount,
    followingCount,
    postCount,
    trustLevel,
    createdAt,
    ban: row.isBanned ? await findBan(app.db, userId) : null,
    settings: settingsFrom(row.settings),
  };
}

/** Throws `not_found` when the user does not exist for the viewer. */
export const createUser = (app: App, user: Parameters<typeof queries.insertUser>[1]): Promise<string> =>
  inTransaction(app, async (app) => {
    const userId = await queries.insertUser(app.db, user);
    await takeHandle(app, userId, user.handle);
    return userId;
  });

export async function requireVisibleUser(
  app: App,
  viewerId: string | null,
  userId: string,
): Promise<queries.UserRow> {
  const user = await queries.findVisibleUser(app.db, viewerId, userId);
  if (!user) throw notFound();
  return user;
}

/** Throws `not_found` also when the account is private and the viewer is not an approved follower. */
export async function requireOpenAccount(app: App, viewerId: string | null, userId: string): Promise<void> {
  if (!(await queries.isOpenAccount(app.db, viewerId, userId))) throw notFound();
}

export const readSettings = (app: App, userId: string): Promise<Settings> => findSettings(app.db, userId);

/** Adds to the counts in one statement. Callers who change two users take the one with the smaller id first. */
export async function adjustCounts(app: App, userId: string, change: queries.CountChange) {
  const counts = await queries.addToCounts(app.db, userId, change);
  if (!counts) throw notFound();
  return counts;
}

/** From now on the user exists for nobody; false when they were deleted already. */
export const markDeleted = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, (app) => queries.markDeleted(app.db, userId));

/** One of the users who were deleted before the given time; null when there is none. */
export const findDeletedUser = (app: App, before: Date): Promise<string | null> =>
  purge.findDeletedUser(app.db, before);

/** Purges the row itself and everything that belongs only to the user; the handles stay taken. */
export const purgeUser = (app: App, userId: string): Promise<void> => purge.deleteUser(app.db, userId);

/** Returns 1 when there was an avatar, otherwise 0. */
export const removeAvatar = (app: App, userId: string): Promise<number> =>
  inTransaction(app, (app) => changeAvatar(app, userId, null));

/** Null: not banned. Until then others see neither the user nor their content. */
export const setBannedUntil = (app: App, userId: string, bannedUntil: Date | null): Promise<void> =>
  inTransaction(app, async (app) => {
    await queries.updateUser(app.db, userId, { bannedUntil });
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null });
  });

/** Replaces the display name by the handle and empties the bio; returns what was there. The caller holds the user. */
export const removeTexts = (
  app: App,
  userId: string,
  fields: ('displayName' | 'bio')[],
): Promise<RemovedTexts> =>
  inTransaction(app, async (app) => {
    const user = await queries.findUser(app.db, userId);
    if (!user) throw notFound();
    const { displayName, bio, handle } = user;
    const hasName = fields.includes('displayName') && displayName !== handle;
    const hasBio = fields.includes('bio') && bio !== '';
    await queries.updateUser(app.db, userId, {
      ...(hasName ? { displayName: handle } : {}),
      ...(hasBio ? { bio: '' } : {}),
    });
    return { ...(hasName ? { displayName, shownAs: handle } : {}), ...(hasBio ? { bio } : {}) };
  });

/** Puts back what was removed, except for what the user has changed since. The caller holds the user. */
export const putTextsBack = (app: App, userId: string, removed: RemovedTexts): Promise<void> =>
  inTransaction(app, async (app) => {
    const user = await queries.findUser(app.db, userId);
    if (!user) return;
    const { displayName, bio, shownAs } = removed;
    await queries.updateUser(app.db, userId, {
      ...(displayName !== undefined && user.displayName === shownAs ? { displayName } : {}),
      ...(bio !== undefined && user.bio === '' ? { bio } : {}),
    });
  });

/** From now on the user's posts are merged when feeds are read. */
export const markWidelyFollowed = (app: App, userId: string): Promise<void> =>
  inTransaction(app, (app) => queries.updateUser(app.db, userId, { widelyFollowed: true }));

/** The caller holds the user. */
export const addTrustPoints = (app: App, userId: string, points: number): Promise<void> =>
  queries.addTrustPoints(app.db, userId, points);

/** 0 New, 1 Basic, 2 Trusted, 3 Verified. The domain `trust` decides the level. */
export const setTrustLevel = (app: App, userId: string, trustLevel: number): Promise<void> =>
  inTransaction(app, (app) => queries.updateUser(app.db, userId, { trustLevel }));

/** For operators who act as a user, banned or not; throws `not_found` when the user is deleted or does not exist. */
export async function viewerOf(app: App, userId: string): Promise<Viewer> {
  const user = await queries.findUser(app.db, userId);
  if (!user || user.deletedAt) throw notFound();
  const { id, handle, trustLevel, isPrivate } = user;
  return { id, handle, trustLevel, isPrivate, sessionId: null };
}

/** For scripts that act as a user; throws `not_found`. */
export async function viewerByHandle(app: App, handle: string): Promise<Viewer> {
  const user = await queries.findVisibleUserByHandle(app.db, handle);
  if (!user) throw notFound();
  return {
    id: user.id,
    handle: user.handle,
    trustLevel: user.trustLevel,
    isPrivate: user.isPrivate,
    sessionId: null,
  };
}

/** The users behind the handles whom the author of a text may mention: others who exist for the author. */
export const findMentioned = (app: App, authorId: string, handles: string[]): Promise<string[]> =>
  handles.length ? queries.findOthersByHandles(app.db, authorId, handles) : Promise.resolve([]);
