import { setTimeout as sleep } from 'node:timers/promises';
import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { keyedTransaction } from '../../core/keyedTransaction.ts';
import { listPage } from '../../core/lists.ts';
import { holdMedia, holdOwnMedia } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { findTakenDown, refuseTakenDown } from '../takedowns/public.ts';
import { type Address, addressesOf, grantedAddress, ORIGINAL, type Placed } from './addresses.ts';
import type { Camera, MediaView, OwnMedia, OwnMediaInput } from './contract.ts';
import { OPERATOR, type Reader } from './grants.ts';
import { listedVariants, placeOf, variantKeys, variantType } from './keys.ts';
import { placeMedia } from './placement/service.ts';
import {
  deleteMedia,
  deleteRetainedPlaces,
  findMedia,
  findOwnMediaIds,
  findShownMedia,
  findUnusedOf,
  findUses,
  type MediaRow,
  type ShownMediaRow,
  withoutUse,
} from './queries.ts';

export const listOwnMedia = (app: App, viewer: Viewer, input: OwnMediaInput): Promise<Page<OwnMedia>> =>
  listPage(app, {
    scope: ['media', viewer.id],
    input,
    ids: (after, count) => findOwnMediaIds(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentOwnMedia(
        app,
        rows.map(({ id }) => id),
      ),
  });

const USABLE = new Set<MediaRow['status']>(['uploaded', 'processing', 'completed']);

/**
 * The states of the owner's media, in the given order, locked until the transaction ends. Throws `media_unusable`, naming the place
 * in the list, for one that is repeated, failed, not uploaded or not the owner's, and `taken_down` for one that was taken down.
 */
export async function requireUsableMedia(
  app: App,
  ownerId: string,
  ids: string[],
  fieldOf = (place: number) => `mediaIds.${place}`,
) {
  const found = new Map((await holdOwnMedia(app.db, ownerId, ids)).map((row) => [row.id, row]));
  const errors = ids.flatMap((id, place) => {
    const row = found.get(id);
    const isUsable = row !== undefined && USABLE.has(row.status) && ids.indexOf(id) === place;
    return isUsable ? [] : [{ field: fieldOf(place), message: whyUnusable(row) }];
  });
  if (errors.length > 0) throw new CielError('media_unusable', { errors });
  await refuseTakenDown(app, ownerId, ids, fieldOf);
  return ids.map((id) => found.get(id)!);
}

function whyUnusable(row: Pick<MediaRow, 'status' | 'failure'> | undefined): string {
  if (row === undefined) return 'is not one of your photos';
  if (row.status === 'failed') return `could not be processed: ${row.failure}`;
  return row.status === 'pending' ? 'has not been uploaded' : 'is listed twice';
}

/** Deletes those of the media that no post, story or avatar refers to any more, with all their objects. */
export const purgeUnusedMedia = (app: App, ids: string[]): Promise<void> =>
  inTransaction(app, async (app) => {
    const rows = await holdMedia(app.db, ids);
    const unused = new Set(await withoutUse(app.db, ids));
    await purgeRows(
      app,
      rows.filter(({ id }) => unused.has(id)),
    );
  });

const PURGED_AT_ONCE = 50;

/** Deletes a batch of the media of a deleted user, with all their objects; returns how many. Media in use stay. */
export const purgeMediaOf = (app: App, ownerId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const rows = await holdMedia(app.db, await findUnusedOf(app.db, ownerId, PURGED_AT_ONCE));
    await purgeRows(app, rows);
    return rows.length;
  });

export async function purgeRows(app: App, rows: MediaRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const retained = await deleteRetainedPlaces(app.db, ids);
  await deleteMedia(app.db, ids);
  await enqueue(app, 'media.removeObjects', {
    keys: [...rows.flatMap(allKeysOf), ...retained.flatMap(variantKeys)],
  });
}

const allKeysOf = ({ uploadKey, originalKey, area, folder, movingTo }: MediaRow): string[] => [
  uploadKey,
  ...(originalKey === null ? [] : [originalKey]),
  ...(folder === null ? [] : variantKeys(placeOf(area, folder))),
  ...(movingTo === null ? [] : variantKeys(movingTo)),
];

/** By id, as others see them, with URLs for the reader. Does not check visibility: callers have. */
export async function presentMedia(app: App, reader: Reader, ids: string[]): Promise<Map<string, MediaView>> {
  const rows = await findShownMedia(app.db, null, ids);
  return new Map(rows.map((row) => [row.id, present(app, reader, row)]));
}

/** With URLs for operators, who also see what is hidden. */
export const presentEvidence = (app: App, ids: string[]): Promise<Map<string, MediaView>> =>
  presentMedia(app, OPERATOR, ids);

/** By id, with what only the owner may see. */
export async function presentOwnMedia(app: App, ids: string[]): Promise<Map<string, OwnMedia>> {
  const [rows, uses, takenDown] = await Promise.all([
    findMedia(app.db, ids),
    findUses(app.db, ids),
    findTakenDown(app, ids),
  ]);
  const views = rows.map((row): OwnMedia => {
    const isReady = row.status === 'completed' && row.originalKey !== null;
    const original = isReady ? grantedAddress(app, row.ownerId, row.id)(ORIGINAL) : null;
    return {
      ...present(app, row.ownerId, row),
      camera: row.camera,
      shownCameraFields: row.shownCameraFields,
      fileRights: row.fileRights,
      reason: row.failure,
      retryUntil: failureOf(row).retryUntil ?? null,
      originalUrl: original?.url ?? null,
      originalUrlExpiresAt: original?.expiresAt ?? null,
      usedIn: uses.get(row.id) ?? { postIds: [], storyIds: [], isAvatar: false },
      isTakenDown: takenDown.has(row.id),
      createdAt: row.createdAt,
    };
  });
  return new Map(views.map((view) => [view.id, view]));
}

function present(app: App, reader: Reader, row: ShownMediaRow): MediaView {
  const { id, status, width, height, altText, thumbhash, dominantColor } = row;
  const { copyright, creator, license, noAi } = row;
  const variants = row.status === 'completed' && row.folder !== null ? listedVariants(row) : [];
  const addressOf = addressesOf(app, reader, { id, area: row.area, folder: row.folder ?? '' });
  return {
    id,
    status,
    width,
    height,
    altText,
    thumbhash,
    dominantColor,
    camera: shownOf(row),
    copyright,
    creator,
    license,
    noAi,
    ...(row.ownerId === reader ? failureOf(row) : {}),
    isHdr: row.isHdr ?? false,
    variants: variants.map(({ name, variant }) => {
      const { width, height, bytes } = variant;
      return { name, type: variantType(variant), ...addressOf(variant), width, height, bytes };
    }),
  };
}

const shownOf = ({ camera, shownCameraFields }: ShownMediaRow): Camera =>
  Object.fromEntries(
    shownCameraFields.flatMap((field) => (camera[field] === undefined ? [] : [[field, camera[field]]])),
  );

/** For the owner. */
export const failureOf = ({ failure, keptUntil }: Pick<MediaRow, 'failure' | 'keptUntil'>) => ({
  ...(failure === null ? {} : { reason: failure }),
  ...(keptUntil !== null && keptUntil > new Date() ? { retryUntil: keptUntil } : {}),
});

const PLACED_WITHIN_MS = 1500;

/**
 * Moves the photos to where their audience belongs, so that the response has lasting URLs; false when it has not. It need not: the job that
 * moves them is enqueued anyway, and URLs with grants work wherever a photo is. Not while a transaction is open, as with an
 * idempotency key, whose repeats return the same response.
 */
export async function placeBeforeResponse(app: App, mediaIds: string[]): Promise<boolean> {
  if (app.afterCommit || keyedTransaction.getStore()) return false;
  const placed = placeMedia(app, { mediaIds }).then(
    () => true,
    (error: unknown) => {
      app.log.warn({ err: error }, 'photographs are not placed yet');
      return false;
    },
  );
  return Promise.race([placed, sleep(PLACED_WITHIN_MS, false, { ref: false })]);
}

const AVATAR = { name: 'thumb', format: 'webp' } as const;

/** The small picture that is shown beside a name. */
export const avatarAddress = (app: App, reader: Reader, placed: Placed): Address =>
  addressesOf(app, reader, placed)(AVATAR);
