import { type App, inTransaction } from '../../../core/app.ts';
import { holdMedia } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { findHandedOut, recordHandout } from './queries.ts';

/** To be called before the jobs of the photos are sent to a queue beside the table. */
export const noteHandout = (app: App, mediaIds: string[]): Promise<void> =>
  inTransaction(app, async (app) => {
    await holdMedia(app.db, mediaIds);
    await recordHandout(app.db, mediaIds);
  });

const AT_ONCE = 100;

/**
 * Writes a job for photos that were handed out before the time and still wait for a worker; returns how many. `isLost` says that their
 * jobs are in no queue any more. Where they only wait in one for long, a second job finds the photo finished and does nothing.
 */
export async function handOutAgain(
  app: App,
  { before, isLost }: { before: Date; isLost: boolean },
): Promise<number> {
  const found = await findHandedOut(app.db, before, AT_ONCE);
  for (const { id } of found)
    await inTransaction(app, async (app) => {
      await holdMedia(app.db, [id]);
      const [waiting] = await recordHandout(app.db, [id], isLost ? 1 : 0);
      if (waiting) await enqueue(app, 'media.process', { mediaId: id }, { dedupKey: `media.process ${id}` });
    });
  return found.length;
}
