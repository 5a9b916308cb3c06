import { type App, inTransaction } from '../../core/app.ts';
import { deleteUnusedMedia } from '../media/service.ts';
import * as queries from './erasureQueries.ts';

const POSTS_AT_ONCE = 20;

/**
 * Purges a few deleted posts with everything that depends on them; returns how many rows, 0 when none are left. Likes and comments can
 * be too many for one statement, and other users have points for them, so `clear` is called first, until it returns 0. The photos have
 * been deleted before, except those of posts that were taken down, which are deleted now.
 */
export const erasePosts = (
  app: App,
  which: queries.Erasable,
  clear: (app: App, postIds: string[]) => Promise<number>,
): Promise<number> =>
  inTransaction(app, async (app) => {
    const ids = await queries.findErasablePosts(app.db, which, POSTS_AT_ONCE);
    if (ids.length === 0) return 0;
    const cleared = await clear(app, ids);
    if (cleared > 0) return cleared;
    const evidence = await queries.findMediaOf(app.db, ids);
    await queries.deletePosts(app.db, ids);
    await deleteUnusedMedia(app, evidence);
    return ids.length;
  });
