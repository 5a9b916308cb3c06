import { type App, inTransaction } from '../../../core/app.ts';
import { holdMedia } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { ObjectMissing } from '../../../infra/storage/storage.ts';
import type { StoredVariant } from '../../../schema/media.ts';
import { publishMediaChange } from '../../events/public.ts';
import {
  type Area,
  cacheControlOf,
  placeOf,
  RETAINED_SECONDS,
  unguessable,
  variantKey,
  variantKeys,
  variantsOf,
  variantType,
} from '../keys.ts';
import { deleteRetainedPlaces, type MediaRow, updateMedia } from '../queries.ts';
import { findAudience, findOwnerMedia, insertRetainedPlace } from './queries.ts';

interface Move {
  id: string;
  from: string;
  to: string;
  variants: StoredVariant[];
}

const ROUNDS = 5;

/**
 * Moves the variants to the place where their current audience belongs, under a new unguessable name. When the audience has shrunk,
 * every old URL stops working; when it has grown, none does before its time. The audience is read under the lock of the row both before and after the copies, so the later of two moves has seen the
 * latest state.
 */
async function placeOne(app: App, id: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const move = await planMove(app, id);
    if (!move) return;
    if ((await copyVariants(app, move)) && (await finishMove(app, move))) return;
  }
  throw new Error(`the audience of the media ${id} changes faster than it can be moved`);
}

/** Null when the variants are in place. The row records where they are going before anything is written there. */
const planMove = (app: App, id: string): Promise<Move | null> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [id]);
    if (row?.status !== 'completed' || row.folder === null) return null;
    const { isPublic, isPublished } = await findAudience(app.db, id);
    const area = isPublic ? 'pub' : 'priv';
    const isInPlace = row.area === area && isPublished;
    const to = isInPlace ? null : placeOf(area, unguessable());
    await setMovingTo(app, row, to);
    return to === null ? null : { id, from: placeOf(row.area, row.folder), to, variants: variantsOf(row) };
  });

/** Gives up the place that another move was filling; that move notices when it tries to finish. */
async function setMovingTo(app: App, { id, movingTo }: MediaRow, to: string | null): Promise<void> {
  if (movingTo === to) return;
  await updateMedia(app.db, id, undefined, { movingTo: to });
  if (movingTo !== null) await enqueue(app, 'media.removeObjects', { keys: variantKeys(movingTo) });
}

/** False when the variants are gone: another move was faster, and they have been removed. */
async function copyVariants(app: App, { from, to, variants }: Move): Promise<boolean> {
  try {
    await Promise.all(
      variants.map((variant) =>
        app.storage.copy(variantKey(from, variant), variantKey(to, variant), {
          contentType: variantType(variant),
          cacheControl: cacheControlOf(to),
        }),
      ),
    );
    return true;
  } catch (error) {
    if (error instanceof ObjectMissing) return false;
    throw error;
  }
}

/** False when the audience has changed since the copies began, or variants have been added. */
const finishMove = (app: App, { id, to, variants }: Move): Promise<boolean> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [id]);
    const isAlready = row?.folder != null && placeOf(row.area, row.folder) === to;
    if (isAlready) return true;
    if (!row || row.folder === null || row.movingTo !== to) {
      await enqueue(app, 'media.removeObjects', { keys: variantKeys(to) });
      return true;
    }
    const { isPublic } = await findAudience(app.db, id);
    const [area, folder] = to.split('/') as [Area, string];
    if (area !== (isPublic ? 'pub' : 'priv')) return false;
    if (variantsOf(row).length !== variants.length) return false;
    const addedPlace = variants.length > row.variants.length ? to : null;
    await updateMedia(app.db, id, undefined, { area, folder, movingTo: null, addedPlace });
    if (area !== row.area) await publishMediaChange(app, id);
    const from = placeOf(row.area, row.folder);
    if (row.area === 'priv' && isPublic) await retain(app, id, from);
    else await removePlaces(app, [from, ...(await deleteRetainedPlaces(app.db, [id]))]);
    return true;
  });

/** The audience grew, so whoever was given a URL of the place may still see the photo: the URL works until it expires. */
async function retain(app: App, id: string, place: string): Promise<void> {
  await insertRetainedPlace(app.db, id, place, RETAINED_SECONDS);
  await enqueue(
    app,
    'media.removeObjects',
    { keys: variantKeys(place) },
    { delayMs: RETAINED_SECONDS * 1000 },
  );
}

const removePlaces = (app: App, places: string[]): Promise<void> =>
  enqueue(app, 'media.removeObjects', { keys: places.flatMap(variantKeys) });

export async function placeMedia(app: App, { mediaIds }: { mediaIds: string[] }): Promise<void> {
  for (const id of mediaIds) await placeOne(app, id);
}

const OWNER_BATCH = 100;
const PLACED_BY_ONE_JOB = 10;

/** Enqueues the placement of all media of the owner, a few per job. */
export const placeOwner = (
  app: App,
  { ownerId, afterId }: { ownerId: string; afterId: string | null },
): Promise<void> =>
  inTransaction(app, async (app) => {
    const ids = (await findOwnerMedia(app.db, ownerId, afterId, OWNER_BATCH)).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += PLACED_BY_ONE_JOB)
      await enqueue(app, 'media.place', { mediaIds: ids.slice(at, at + PLACED_BY_ONE_JOB) });
    if (ids.length === OWNER_BATCH) await enqueue(app, 'media.placeOwner', { ownerId, afterId: ids.at(-1)! });
  });
