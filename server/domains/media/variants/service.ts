import { type App, inTransaction } from '../../../core/app.ts';
import { holdFreeMedia, sharePlacedMedia } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import type { StoredVariant } from '../../../schema/media.ts';
import {
  cacheControlOf,
  missingOf,
  placeOf,
  type VariantName,
  variantKey,
  variantKeys,
  variantType,
} from '../keys.ts';
import { updateMedia } from '../queries.ts';
import {
  beginAttempt,
  countLacking,
  findDue,
  forgetAdded,
  isDueOf,
  isLeftBehind,
  isStep,
  isUploadWaiting,
  undoAttempt,
} from './queries.ts';

const FORGOTTEN_AT_ONCE = 100;

/** One attempt at making the variants that a completed photo lacks. */
export interface Step {
  mediaId: string;
  number: number;
  originalKey: string;
  missing: VariantName[];
}

export type MadeVariant = Omit<StoredVariant, 'bytes'> & { body: Buffer };

/**
 * Enqueues the step for one photo that lacks variants, unless an upload waits for a worker. Only one such job waits at a time, and
 * enqueues the next one when it has run: uploads never queue behind the steps of thousands of old photos.
 */
export const enqueueStep = (app: App): Promise<void> =>
  inTransaction(app, async (app) => {
    if (await isUploadWaiting(app.db)) return;
    const mediaId = await findDue(app.db);
    if (mediaId === undefined) return;
    await enqueue(
      app,
      'media.process',
      { mediaId, step: 'variants' },
      { dedupKey: 'media.process variants' },
    );
  });

/** Null when nothing is missing, or an upload waits. Otherwise this attempt replaces any earlier one. */
export const startStep = (app: App, mediaId: string): Promise<Step | null> =>
  inTransaction(app, async (app) => {
    if (await isUploadWaiting(app.db)) return null;
    const [row] = await holdFreeMedia(app.db, isDueOf(mediaId), 1);
    if (!row || row.originalKey === null) return null;
    const number = row.addedAttempt + 1;
    await beginAttempt(app.db, mediaId, number);
    return { mediaId, number, originalKey: row.originalKey, missing: missingOf(row) };
  });

/**
 * Stores the variants where the photo is now, and lists them. It can't be moved or deleted meanwhile, so nothing is written to a place
 * that was given up. False when it is gone, or a later attempt has replaced this one.
 */
export const finishStep = (app: App, { mediaId, number }: Step, made: MadeVariant[]): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const row = await sharePlacedMedia(app.db, mediaId, isStep(number));
    if (!row || row.folder === null) return false;
    const place = placeOf(row.area, row.folder);
    const kept = row.addedPlace === place ? row.addedVariants : [];
    const writes = await Promise.allSettled(
      made.map((variant) =>
        app.storage.write(variantKey(place, variant), variant.body, {
          contentType: variantType(variant),
          cacheControl: cacheControlOf(place),
        }),
      ),
    );
    // Only when all have ended: afterwards the place may be given up.
    for (const write of writes) if (write.status === 'rejected') throw write.reason;
    const addedVariants = [
      ...kept,
      ...made.map(({ body, ...variant }) => ({ ...variant, bytes: body.length })),
    ];
    const addedPlace = addedVariants.length > 0 ? place : null;
    return updateMedia(app.db, mediaId, undefined, { addedVariants, addedPlace, addedDue: null });
  });

/** Something came between, for which the photo is not to blame: the attempt does not count. */
export const putBackStep = ({ db }: App, { mediaId, number }: Step): Promise<void> =>
  undoAttempt(db, mediaId, number);

/** No attempt can succeed: the photo stays as it is. */
export const giveUpStep = async (app: App, { mediaId, number }: Step): Promise<void> =>
  void (await updateMedia(app.db, mediaId, isStep(number), { addedDue: null }));

/**
 * Removes the variants that the previous release left in the place from which it moved a photo: they are made again where it is. When
 * there are none, sees to it that what is missing is being made. Returns of how many photos it removed variants.
 */
export async function completeVariants(app: App): Promise<number> {
  const removed = await removeLeftBehind(app);
  if (removed === 0) await enqueueStep(app);
  return removed;
}

const removeLeftBehind = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    const rows = await holdFreeMedia(app.db, isLeftBehind, FORGOTTEN_AT_ONCE);
    for (const { id } of rows) await forgetAdded(app.db, id);
    if (rows.length > 0)
      await enqueue(app, 'media.removeObjects', {
        keys: rows.flatMap(({ addedPlace }) => variantKeys(addedPlace!)),
      });
    return rows.length;
  });

/** How many photos lack variants. */
export const countIncomplete = ({ db }: App): Promise<number> => countLacking(db);
