import { type App, inTransaction } from '../../../core/app.ts';
import { markMedia, placeExposed, unmarkUndone } from '../../takedowns/public.ts';
import { findMediaOf } from '../subjects/queries.ts';
import { findUnmarked, setMediaIds } from './queries.ts';

const MARKED_AT_ONCE = 100;

/**
 * Reconciles the marks with the takedowns of releases that know no marks, which may still run beside this one: marks what they took
 * down, unmarks what they restored, and moves what they placed where everybody can read it. Returns how many takedowns.
 */
export async function reconcileMarks(app: App): Promise<number> {
  const marked = await inTransaction(app, async (app) => {
    const found = await findUnmarked(app.db, MARKED_AT_ONCE);
    for (const action of found) {
      const mediaIds = await findMediaOf(app.db, action);
      await setMediaIds(app.db, action.id, mediaIds);
      await markMedia(app, { actionId: action.id, ownerId: action.userId, mediaIds });
    }
    return found.length;
  });
  const unmarked = await unmarkUndone(app);
  if (marked + unmarked === 0) await placeExposed(app);
  return marked + unmarked;
}
