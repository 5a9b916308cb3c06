import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { badField, CielError, notFound } from '../../core/errors.ts';
import { holdAuthor } from '../../core/locks.ts';
import { invalidateFeed } from '../feed/public.ts';
import { markWidelyFollowed, presentUsers, requireVisibleUser } from '../users/public.ts';
import type { FollowState, NewMute, Relationship, Relationships } from './contract.ts';
import {
  addFollow,
  holdBetween,
  reconcileAccepted,
  reconcileFollowed,
  reconcileRequested,
  removeFollows,
  removeRequest,
} from './follows/service.ts';
import { relationshipsOf } from './public.ts';
import * as queries from './queries.ts';

/** Following a private account creates a request. */
export const followUser = (app: App, viewer: Viewer, userId: string): Promise<FollowState> =>
  between(app, viewer, userId, [userId], async (app) => {
    const { isPrivate } = await requireVisibleUser(app, viewer.id, userId);
    if (await queries.isFollower(app.db, viewer.id, userId)) return { state: 'following' };
    if (isPrivate) {
      await queries.insertRequest(app.db, viewer.id, userId);
      await reconcileRequested(app, viewer.id, userId);
      return { state: 'requested' };
    }
    await addFollow(app, viewer.id, userId, { byRequest: false });
    await reconcileFollowed(app, viewer.id, userId);
    return { state: 'following' };
  });

/** Withdraws a request too. */
export const unfollowUser = (app: App, viewer: Viewer, userId: string): Promise<FollowState> =>
  between(app, viewer, userId, [userId], async (app) => {
    await requireVisibleUser(app, viewer.id, userId);
    await removeRequest(app, viewer.id, userId);
    await removeFollows(app, [{ followerId: viewer.id, followeeId: userId }]);
    return { state: 'none' };
  });

export const removeFollower = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [viewer.id], async (app) => {
    await requireVisibleUser(app, viewer.id, userId);
    await removeFollows(app, [{ followerId: userId, followeeId: viewer.id }]);
  });

/** Accepting twice changes nothing more; throws `not_found` when the user has neither asked nor follows. */
export const acceptRequest = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [viewer.id], async (app) => {
    await requireVisibleUser(app, viewer.id, userId);
    if (await removeRequest(app, userId, viewer.id)) {
      await addFollow(app, userId, viewer.id, { byRequest: true });
      await reconcileAccepted(app, userId, viewer.id);
    } else if (!(await queries.isFollower(app.db, userId, viewer.id))) throw notFound();
  });

export const rejectRequest = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [], async (app) => {
    await requireVisibleUser(app, viewer.id, userId);
    await removeRequest(app, userId, viewer.id);
  });

/** From now on neither exists for the other, and all ties between them are removed. */
export const blockUser = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [viewer.id, userId], async (app) => {
    if (await queries.isBlocking(app.db, viewer.id, userId)) return;
    await requireVisibleUser(app, viewer.id, userId);
    await queries.insertBlock(app.db, viewer.id, userId);
    await removeRequest(app, viewer.id, userId);
    await removeRequest(app, userId, viewer.id);
    await queries.deleteCloseFriendsBetween(app.db, viewer.id, userId);
    await removeFollows(app, [
      { followerId: viewer.id, followeeId: userId },
      { followerId: userId, followeeId: viewer.id },
    ]);
  });

export const unblockUser = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [], async (app) => {
    const wasBlocked = await queries.deleteBlock(app.db, viewer.id, userId);
    if (!wasBlocked) await requireVisibleUser(app, viewer.id, userId);
  });

/** Muting again changes when it ends. */
export const muteUser = (app: App, viewer: Viewer, { userId, expiresAt }: NewMute): Promise<void> =>
  inTransaction(app, async (app) => {
    requireOther(viewer, userId);
    if (expiresAt && expiresAt <= new Date()) throw badField('expiresAt', 'must be in the future');
    await requireVisibleUser(app, viewer.id, userId);
    await queries.writeMute(app.db, viewer.id, userId, expiresAt ?? null);
    await invalidateFeed(app, viewer.id);
  });

export const unmuteUser = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    requireOther(viewer, userId);
    const wasMuted = await queries.deleteMute(app.db, viewer.id, userId);
    if (!wasMuted) await requireVisibleUser(app, viewer.id, userId);
    await invalidateFeed(app, viewer.id);
  });

/** Deletes a batch of mutes that have ended; returns how many. */
export const purgeEndedMutes = (app: App): Promise<number> => queries.deleteEndedMutes(app.db, 1000);

export const addCloseFriend = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [], async (app) => {
    await requireVisibleUser(app, viewer.id, userId);
    await queries.insertCloseFriend(app.db, viewer.id, userId);
  });

export const removeCloseFriend = (app: App, viewer: Viewer, userId: string): Promise<void> =>
  between(app, viewer, userId, [], async (app) => {
    const wasFriend = await queries.deleteCloseFriend(app.db, viewer.id, userId);
    if (!wasFriend) await requireVisibleUser(app, viewer.id, userId);
  });

export async function readRelationship(app: App, viewer: Viewer, userId: string): Promise<Relationship> {
  const [item] = (await readRelationships(app, viewer, [userId])).items;
  if (!item) throw notFound();
  return item.relationship;
}

/** Shows users whom the viewer blocks; others behind a block do not exist. */
export async function readRelationships(app: App, viewer: Viewer, userIds: string[]): Promise<Relationships> {
  const relationships = await relationshipsOf(app, viewer.id, userIds);
  const isOwnBlock = (id: string) => {
    const relationship = relationships.get(id);
    return relationship?.blocking === true && !relationship.blockedBy;
  };
  const [visible, blocked] = await Promise.all([
    presentUsers(app, viewer.id, userIds),
    presentUsers(app, null, userIds.filter(isOwnBlock)),
  ]);
  return {
    items: [...new Set(userIds)].flatMap((userId) => {
      const relationship = relationships.get(userId);
      return relationship && (visible.has(userId) || blocked.has(userId)) ? [{ userId, relationship }] : [];
    }),
  };
}

/** Once widely followed, always widely followed: from now on readers merge the author's posts. */
export const markMerged = (app: App, authorId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    await holdAuthor(app.db, authorId);
    await queries.mergeFollowsOf(app.db, authorId);
    await markWidelyFollowed(app, authorId);
  });

/** Runs a change of the ties between the viewer and another user, and of who follows these authors. Throws `self_action`. */
function between<T>(
  app: App,
  viewer: Viewer,
  userId: string,
  authorIds: string[],
  work: (app: App) => Promise<T>,
): Promise<T> {
  requireOther(viewer, userId);
  return inTransaction(app, async (app) => {
    await holdBetween(app, viewer.id, userId, authorIds);
    return work(app);
  });
}

function requireOther(viewer: Viewer, userId: string): void {
  if (viewer.id === userId)
    throw new CielError('self_action', { errors: [{ field: 'userId', message: 'must not be you' }] });
}
