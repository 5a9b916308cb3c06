import type { App } from '../../core/app.ts';
import { holdPair, shareAuthor } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { backfill, dropCachedPage, forgetAuthor } from '../feed/service.ts';
import { adjustCounts } from '../users/service.ts';
import { settleAccepted, settleFollowed, settleRequested } from './notices.ts';
import { deleteFollow, deleteRequest, insertFollow } from './queries.ts';

/**
 * Takes the locks for a change of the ties between two users, always in one order so that there is no deadlock: the pair, then the
 * authors whose followers change. After them come the feeds by reader, and the counts by id.
 */
export async function holdBetween(app: App, one: string, other: string, authorIds: string[]): Promise<void> {
  await holdPair(app.db, one, other);
  for (const authorId of [...authorIds].sort()) await shareAuthor(app.db, authorId);
}

/** Needs `holdBetween`. */
export async function beginFollow(
  app: App,
  followerId: string,
  followeeId: string,
  { byRequest }: { byRequest: boolean },
): Promise<void> {
  const merged = await insertFollow(app.db, followerId, followeeId, byRequest);
  await endRequest(app, followerId, followeeId);
  if (merged === undefined) return;
  if (merged) await dropCachedPage(app, followerId);
  else await backfill(app, followerId, followeeId);
  await count(app, [{ followerId, followeeId }], 1);
  await settleFollower(app, followerId, followeeId);
}

/** To be called after the follow begins or ends. */
const settleFollower = (app: App, followerId: string, followeeId: string): Promise<void> =>
  enqueue(app, 'trust.settle', { change: { userId: followeeId, act: 'follower', sourceId: followerId } });

/** False when there was no request. */
export async function endRequest(app: App, requesterId: string, targetId: string): Promise<boolean> {
  const wasThere = await deleteRequest(app.db, requesterId, targetId);
  if (wasThere) await settleRequested(app, requesterId, targetId);
  return wasThere;
}

interface FollowPair {
  followerId: string;
  followeeId: string;
}

/** Ends those of the follows that exist. Needs `holdBetween`. */
export async function endFollows(app: App, pairs: FollowPair[]): Promise<void> {
  const ended: FollowPair[] = [];
  for (const pair of pairs) {
    if (await deleteFollow(app.db, pair.followerId, pair.followeeId)) ended.push(pair);
  }
  ended.sort((a, b) => (a.followerId < b.followerId ? -1 : 1));
  for (const { followerId, followeeId } of ended) await forgetAuthor(app, followerId, followeeId);
  await count(app, ended, -1);
  for (const { followerId, followeeId } of ended) {
    await settleFollower(app, followerId, followeeId);
    await settleFollowed(app, followerId, followeeId);
    await settleAccepted(app, followerId, followeeId);
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
