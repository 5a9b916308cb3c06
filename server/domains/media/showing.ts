import type { App } from '../../core/app.ts';
import { holdMedia, holdPostsWith, holdStoriesWith } from '../../core/locks.ts';
import { countShowing } from './queries.ts';

class CameBetween extends Error {}

/**
 * Locks the posts and stories that show the photo, then the photo, in the order of edits and deletions. To lock one that was created
 * in between while holding the photo could deadlock: then all locks are released and taken again. From then on none is created
 * until the transaction ends.
 */
export async function holdWithShowing(app: App, mediaId: string): Promise<void> {
  for (let isLocked = false; !isLocked; ) {
    // A savepoint, because rolling back to it releases the locks.
    isLocked = await app.db
      .transaction(async (db) => {
        const posts = await holdPostsWith(db, mediaId);
        const stories = await holdStoriesWith(db, mediaId);
        await holdMedia(db, [mediaId]);
        if ((await countShowing(db, mediaId)) > posts.length + stories.length) throw new CameBetween();
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof CameBetween) return false;
        throw error;
      });
  }
}
