import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import type { PostRef } from '../contract.ts';
import { requireVisiblePost } from '../public.ts';
import { deleteBookmark, insertBookmark } from './queries.ts';

export const bookmarkPost = (app: App, viewer: Viewer, { postId }: PostRef): Promise<void> =>
  inTransaction(app, async (app) => {
    await requireVisiblePost(app, viewer, postId);
    await insertBookmark(app.db, viewer.id, postId);
  });

/** Works for posts that are no longer visible too: a bookmark can always be removed. */
export const unbookmarkPost = (app: App, viewer: Viewer, { postId }: PostRef): Promise<void> =>
  inTransaction(app, (app) => deleteBookmark(app.db, viewer.id, postId));
