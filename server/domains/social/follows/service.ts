import type { App } from '../../../core/app.ts';
import { holdPair, shareAuthor } from '../../../core/locks.ts';
import type { NoticeKind } from '../../../core/notices.ts';
import { enqueue } from '../../../core/outbox.ts';
import { backfill, invalidateFeed, retractAuthor } from '../../feed/public.ts';
import { adjustCounts } from '../../users/public.ts';
import { deleteFollow, deleteRequest, insertFollow } from '../queries.ts';

/**
 * Takes the locks for a change of the ties between two users, always in one order so that there is no deadlock: the pair, then the
 * authors whose followers change. After them come the feeds by reader, and the counts by id.
 */
export async function holdBetween(app: App, one: string, other: string, authorIds: string[]): Promise<void> {
  await holdPair(app.db, one, other);
  for (const authorId of [...authorIds].sort()) await shareAuthor(app.db, authorId);
}

/** Needs `holdBetween`. */
export async function addFollow(
  app: App,
  followerId: string,
  followeeId: string,
  { byRequest }: { byRequest: boolean },
): Promise<void> {
  const merged = await insertFollow(app.db, followerId, followeeId, byRequest);
  await removeRequest(app, followerId, followeeId);
  if (merged === undefined) return;
  if (merged) await invalidateFeed(app, followerId);
  else await backfill(app, followerId, followeeId);
  await count(app, [{ followerId, followeeId }], 1);
  await reconcileFollower(app, followerId, followeeId);
}

/** To be called after the follow begins or ends. */
const reconcileFollower = (app: App, followerId: string, followeeId: string): Promise<void> =>
  enqueue(app, 'trust.settle', { change: { userId: followeeId, act: 'follower', sourceId: followerId } });

/** False when there was no request. */
export async function removeRequest(app: App, requesterId: string, targetId: string): Promise<boolean> {
  const wasThere = await deleteRequest(app.db, requesterId, targetId);
  if (wasThere) await reconcileRequested(app, requesterId, targetId);
  return wasThere;
}

interface FollowPair {
  followerId: string;
  followeeId: string;
}

/** Ends those of the follows that exist. Needs `holdBetween`. */
export async function removeFollows(app: App, pairs: FollowPair[]): Promise<void> {
  const ended: FollowPair[] = [];
  for (const pair of pairs) {
    if (await deleteFollow(app.db, pair.followerId, pair.followeeId)) ended.push(pair);
  }
  ended.sort((a, b) => (a.followerId < b.followerId ? -1 : 1));
  for (const { followerId, followeeId } of ended) await retractAuthor(app, followerId, followeeId);
  await count(app, ended, -1);
  for (const { followerId, followeeId } of ended) {
    await reconcileFollower(app, followerId, followeeId);
    await reconcileFollowed(app, followerId, followeeId);
    await reconcileAccepted(app, followerId, followeeId);
  }
}

async function count(app: App, pairs: FollowPair[], by: 1 | -1): Promise<void> {
  const ids = [...new Set(pairs.flatMap(({ followerId, followeeId }) => [followerId, followeeId]))].sort();
  for (const id of ids) {
    const followers = by * pairs.filter(({ followeeId }) => followeeId === id).length;
    const following = by * pairs.filter(({ followerId }) => followerId === id).length;
    const { followerCount, widelyFollowed } = await adjustCounts(app, id, { followers, following });
    if (followers > 0 && !widelyFollowed && followerCount > app.settings.widelyFollowedAt)
      await enqueue(app, 'feed.widen', { authorId: id }, { dedupKey: `feed.widen ${id}` });
  }
}

const reconcileTie = (app: App, kind: NoticeKind, actorId: string, recipientId: string): Promise<void> =>
  enqueue(app, 'notifications.settle', {
    notice: { kind, recipientId, actorId, subjectId: recipientId, sourceId: actorId },
  });

/** To be called after a follow without a request begins, or any follow ends. */
export const reconcileFollowed = (app: App, followerId: string, followeeId: string): Promise<void> =>
  reconcileTie(app, 'followed', followerId, followeeId);

/** To be called after a request is made or removed. */
export const reconcileRequested = (app: App, requesterId: string, targetId: string): Promise<void> =>
  reconcileTie(app, 'followRequested', requesterId, targetId);

/** To be called after a request is accepted, or the resulting follow ends. */
export const reconcileAccepted = (app: App, requesterId: string, targetId: string): Promise<void> =>
  reconcileTie(app, 'requestAccepted', targetId, requesterId);
