import { type App, inTransaction } from '../../../core/app.ts';
import type { Position } from '../../../core/cursors.ts';
import { enqueue } from '../../../core/outbox.ts';
import { purgeUnusedMedia } from '../../media/public.ts';
import { purgeStories } from '../public.ts';
import * as queries from './queries.ts';

const PLACED_AT_ONCE = 100;
const PLACED_BY_ONE_JOB = 10;

/** Enqueues the placement of photos of expired stories, so that no URL outlives its story by long; returns how many stories. */
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

/** How long an expired story is kept, for its owner to highlight it and for operators to look into reports. */
const DAYS_KEPT = 7;
/** A story that was taken down is kept for as long as its owner can appeal, even if deleted. */
const DAYS_KEPT_TAKEN_DOWN = 30;
const SWEPT_AT_ONCE = 20;

/** Purges a few stories that are deleted, or expired and in no highlight, with their photos; returns how many rows. */
export const purgeExpiredStories = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    const kept = { days: DAYS_KEPT, daysTakenDown: DAYS_KEPT_TAKEN_DOWN };
    const deleted = await queries.holdDeleted(app.db, kept, SWEPT_AT_ONCE);
    const locked = deleted.length > 0 ? deleted : await queries.holdOver(app.db, kept, SWEPT_AT_ONCE);
    // Checked again: a story may have been highlighted before its lock was taken.
    const old = await queries.withoutHighlight(
      app.db,
      locked.map(({ id }) => id),
    );
    if (old.length === 0) return 0;
    const mediaIds = old.flatMap(({ mediaId }) => mediaId ?? []);
    const erased = await purgeStories(
      app,
      old.map(({ id }) => id),
    );
    await purgeUnusedMedia(app, mediaIds);
    return erased;
  });
