import { type App, inTransaction } from '../../../core/app.ts';
import { holdMedia } from '../../../core/locks.ts';
import { removeAttempt } from '../processing/service.ts';
import { updateMedia } from '../queries.ts';
import { findStuck, fromNow } from './queries.ts';

const KEPT_DAYS = 30;

const REASON =
  'Something went wrong here, not with your file. It is kept: try again, or choose another photo';

type AlsoThen = (app: App, ownerId: string, mediaId: string) => Promise<void>;

/**
 * Ends the processing of a photo that no attempt could finish, though its file may be good: the file is kept, so that it can be tried
 * again. Does nothing once the photo is finished, or when another attempt was started than the given one. `alsoThen` runs in the same
 * transaction.
 */
export const giveUpProcessing = (
  app: App,
  { mediaId, attempt }: { mediaId: string; attempt?: number },
  alsoThen: AlsoThen,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [mediaId]);
    if (row?.status !== 'uploaded' && row?.status !== 'processing') return;
    if (attempt !== undefined && attempt !== row.attempt) return;
    await updateMedia(app.db, mediaId, undefined, {
      status: 'failed',
      failure: REASON,
      keptUntil: fromNow(KEPT_DAYS),
      lostJobs: 0,
      originalKey: null,
      folder: null,
    });
    await removeAttempt(app, row);
    await alsoThen(app, row.ownerId, mediaId);
  });

const STUCK_AT_ONCE = 100;

/** Gives up what is stuck; returns how many photos. */
export async function giveUpStuck(app: App, alsoThen: AlsoThen): Promise<number> {
  const stuck = await findStuck(app.db, STUCK_AT_ONCE);
  for (const { id, attempt } of stuck) await giveUpProcessing(app, { mediaId: id, attempt }, alsoThen);
  return stuck.length;
}
