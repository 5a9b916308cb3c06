import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { badField, CielError, notFound } from '../../core/errors.ts';
import { holdUser } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { type Client, createCredentials, openSession } from '../auth/service.ts';
import { noteSignup, requireOpenDevice } from '../fingerprint/service.ts';
import { consumeInvite, requireValidInvite } from '../invites/service.ts';
import { relationshipsOf } from '../social/view.ts';
import { changeAvatar, requireAvatarMedia } from './avatar.ts';
import type { Me, ProfileChange, Registration, Settings, SettingsChange } from './contract.ts';
import * as erasure from './erasureQueries.ts';
import { changeHandle, refuseReserved, takeHandle } from './handle.ts';
import type { Profile } from './profile.ts';
import * as queries from './queries.ts';
import { findSettings, mergeSettings } from './settings.ts';
import { presentCard, presentMe } from './view.ts';

/** The user, the invite's use and the first session come into being together or not at all. */
export async function register(app: App, client: Client, registration: Registration) {
  const { password, inviteCode, bio = '', fingerprint, ...person } = registration;
  refuseReserved(person.handle);
  if (inviteCode === undefined && app.settings.signupMode === 'invite')
    throw badField('inviteCode', 'is required to sign up');
  if (fingerprint !== undefined) await requireOpenDevice(app, fingerprint);
  if (inviteCode !== undefined) await requireValidInvite(app, inviteCode);
  return inTransaction(app, async (app) => {
    const userId = await queries.insertUser(app.db, { ...person, bio });
    await takeHandle(app, userId, person.handle);
    await createCredentials(app, userId, password);
    // Last, because until the commit all others on this device, or with this code, wait for it.
    if (fingerprint !== undefined) await noteSignup(app, userId, client.deviceName, fingerprint);
    if (inviteCode !== undefined) await consumeInvite(app, inviteCode, userId);
    const tokens = await openSession(app, userId, client);
    return { ...tokens, user: await presentMe(app, userId) };
  });
}

/** Throws `not_found` when the user does not exist for the viewer. */
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
  const profile = await queries.findVisibleProfile(app.db, viewerId, { userId });
  if (!profile?.isOpen) throw notFound();
}

/** The counts are null for viewers who may not see the lists behind them. */
export async function readProfile(
  app: App,
  viewer: Viewer | null,
  by: { userId: string } | { handle: string },
): Promise<Profile> {
  const row = await queries.findVisibleProfile(app.db, viewer?.id ?? null, by);
  if (!row) throw notFound();
  const { isOpen, bio, createdAt, followerCount, followingCount, postCount } = row;
  const relationships = viewer && (await relationshipsOf(app, viewer.id, [row.id]));
  return {
    ...(await presentCard(app, row)),
    bio,
    followerCount: isOpen ? followerCount : null,
    followingCount: isOpen ? followingCount : null,
    postCount: isOpen ? postCount : null,
    createdAt,
    relationship: relationships?.get(row.id) ?? null,
  };
}

export const changeProfile = (app: App, viewer: Viewer, change: ProfileChange): Promise<Me> =>
  inTransaction(app, async (app) => {
    const { avatarMediaId, ...columns } = change;
    if (avatarMediaId) await requireAvatarMedia(app, viewer.id, avatarMediaId);
    const user = await holdUser(app.db, viewer.id);
    if (!user) throw new CielError('unauthenticated');
    if (columns.handle !== undefined && columns.handle !== user.handle)
      await changeHandle(app, user, columns.handle);
    if (avatarMediaId !== undefined) await changeAvatar(app, viewer.id, avatarMediaId);
    await queries.updateUser(app.db, viewer.id, columns);
    if (columns.isPrivate !== undefined && columns.isPrivate !== user.isPrivate)
      await enqueue(app, 'media.placeOwner', { ownerId: viewer.id, afterId: null });
    return presentMe(app, viewer.id);
  });

export const readSettings = (app: App, userId: string): Promise<Settings> => findSettings(app.db, userId);

export const changeSettings = (app: App, viewer: Viewer, change: SettingsChange): Promise<Settings> =>
  inTransaction(app, (app) => mergeSettings(app.db, viewer.id, change));

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
  erasure.findDeletedUser(app.db, before);

/** Purges the row itself and everything that belongs only to the user; the handles stay taken. */
export const eraseUser = (app: App, userId: string): Promise<void> => erasure.deleteUser(app.db, userId);

/** Returns 1 when there was an avatar, otherwise 0. */
export const removeAvatar = (app: App, userId: string): Promise<number> =>
  inTransaction(app, (app) => changeAvatar(app, userId, null));

/** Null: not banned. Until then others see neither the user nor their content. */
export const setBannedUntil = (app: App, userId: string, bannedUntil: Date | null): Promise<void> =>
  inTransaction(app, async (app) => {
    await queries.updateUser(app.db, userId, { bannedUntil });
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null });
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
  const profile = await queries.findVisibleProfile(app.db, null, { handle });
  if (!profile) throw notFound();
  const user = await requireVisibleUser(app, null, profile.id);
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
