import { type App, inTransaction } from '../../core/app.ts';
import { holdMedia } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { ObjectMissing } from '../../infra/storage/storage.ts';
import type { StoredVariant } from '../../schema/media.ts';
import {
  type Area,
  cacheControlOf,
  placeOf,
  unguessable,
  variantKey,
  variantKeys,
  variantType,
} from './keys.ts';
import { findAudience, type MediaRow, updateMedia } from './queries.ts';

interface Move {
  id: string;
  from: string;
  to: string;
  variants: StoredVariant[];
}

const ROUNDS = 5;

/**
 * Brings the variants to where they belong by who may see them now, under a new unguessable name, so that every old URL dies.
 * The truth is read under the lock of the row both before the copies and after them: whichever of two moves comes last has
 * seen the latest truth.
 */
export async function placeMedium(app: App, id: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const move = await planMove(app, id);
    if (!move) return;
    if ((await copyVariants(app, move)) && (await finishMove(app, move))) return;
  }
  throw new Error(`who may see the medium ${id} changes faster than it can be moved`);
}

/** Null when it is where it belongs. The row remembers where it is going before anything is written there. */
const planMove = (app: App, id: string): Promise<Move | null> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [id]);
    if (row?.status !== 'completed' || row.folder === null) return null;
    const { isPublic, isPublished } = await findAudience(app.db, id);
    const area = isPublic ? 'pub' : 'priv';
    const isInPlace = row.area === area && isPublished;
    const to = isInPlace ? null : placeOf(area, unguessable());
    await setMovingTo(app, row, to);
    return to === null ? null : { id, from: placeOf(row.area, row.folder), to, variants: row.variants };
  });

/** What another move was filling is given up: that one finds out when it would finish. */
async function setMovingTo(app: App, { id, movingTo }: MediaRow, to: string | null): Promise<void> {
  if (movingTo === to) return;
  await updateMedia(app.db, id, undefined, { movingTo: to });
  if (movingTo !== null) await enqueue(app, 'media.removeObjects', { keys: variantKeys(movingTo) });
}

/** False when they are gone: another move was faster, and their removal too. */
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

/** False when the truth has changed since the copies were begun. */
const finishMove = (app: App, { id, to }: Move): Promise<boolean> =>
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
    await updateMedia(app.db, id, undefined, { area, folder, movingTo: null });
    await enqueue(app, 'media.removeObjects', { keys: variantKeys(placeOf(row.area, row.folder)) });
    return true;
  });
