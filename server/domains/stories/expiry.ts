import { type App, inTransaction } from '../../core/app.ts';
import type { Position } from '../../core/cursors.ts';
import { enqueue } from '../../core/outbox.ts';
import { deleteUnusedMedia } from '../media/service.ts';
import { eraseStories } from './erasure.ts';
import * as queries from './expiryQueries.ts';

const PLACED_AT_ONCE = 100;
const PLACED_BY_ONE_JOB = 10;

/** The next of the stories whose day has ended get their photographs moved, so that no URL outlives it by long; how many. */
export const placeExpiredStories = (app: App, turn: { progress: string | null }): Promise<number> =>
  inTransaction(app, async (app) => {
    const after = turn.progress === null ? null : (JSON.parse(turn.progress) as Position);
    const expired = await queries.findExpired(app.db, after, PLACED_AT_ONCE);
    const mediaIds = expired.flatMap(({ mediaId }) => mediaId ?? []);
    for (let at = 0; at < mediaIds.length; at += PLACED_BY_ONE_JOB)
      await enqueue(app, 'media.place', { mediaIds: mediaIds.slice(at, at + PLACED_BY_ONE_JOB) });
    const last = expired.at(-1);
    if (last) turn.progress = JSON.stringify({ at: last.at, id: last.id } satisfies Position);
    return expired.length;
  });

/** After its day a story is kept so long: for its owner to highlight it, and for who has to look into a report. */
const DAYS_KEPT = 7;
/** One that was taken down is kept for as long as its owner can appeal, deleted or not. */
const DAYS_KEPT_TAKEN_DOWN = 30;
const SWEPT_AT_ONCE = 20;

/** Erases a few stories that are over, in no highlight, or deleted, with their photographs; how many rows. */
export const sweepExpiredStories = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    const kept = { days: DAYS_KEPT, daysTakenDown: DAYS_KEPT_TAKEN_DOWN };
    const deleted = await queries.holdDeleted(app.db, kept, SWEPT_AT_ONCE);
    const locked = deleted.length > 0 ? deleted : await queries.holdOver(app.db, kept, SWEPT_AT_ONCE);
    // Asked again: before we had the lock it may have come into a highlight.
    const old = await queries.withoutHighlight(
      app.db,
      locked.map(({ id }) => id),
    );
    if (old.length === 0) return 0;
    const mediaIds = old.flatMap(({ mediaId }) => mediaId ?? []);
    const erased = await eraseStories(
      app,
      old.map(({ id }) => id),
    );
    await deleteUnusedMedia(app, mediaIds);
    return erased;
  });
