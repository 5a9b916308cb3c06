import { type App, inTransaction } from '../../core/app.ts';
import { adjustLikeCount } from '../posts/service.ts';
import { deleteDeletedComments, deleteLikesOf } from './erasureQueries.ts';

const LIKES_AT_ONCE = 5000;
const COMMENTS_AT_ONCE = 1000;

/** Purges a batch of the likes of deleted posts; returns how many. */
export const eraseLikesOf = (app: App, postIds: string[]): Promise<number> =>
  inTransaction(app, async (app) => {
    const counts = await deleteLikesOf(app.db, postIds, LIKES_AT_ONCE);
    for (const postId of [...counts.keys()].sort()) await adjustLikeCount(app, postId, -counts.get(postId)!);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  });

/** Purges a batch of the comments deleted before that time; returns how many. */
export const eraseDeletedComments = (app: App, before: Date): Promise<number> =>
  deleteDeletedComments(app.db, before, COMMENTS_AT_ONCE);
