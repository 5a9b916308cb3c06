import type { App } from '../../core/app.ts';
import { holdMedia, holdPostsWith, holdStoriesWith } from '../../core/locks.ts';
import { countShowing } from './queries.ts';

class CameBetween extends Error {}

/**
 * Locks the posts and stories that show the photograph, then the photograph, as whoever edits or deletes them does. One that was
 * made between the two would be waited for with the photograph in hand, while others wait the other way round: then all are let
 * go and locked anew. From then on none is made until the transaction ends.
 */
export async function holdWithShowing(app: App, mediaId: string): Promise<void> {
  for (let isLocked = false; !isLocked; ) {
    // A savepoint, because going back to one is what lets locks go.
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
