import { LRUCache } from 'lru-cache';
import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdMedia, holdOwnMedia } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import type { Storage } from '../../infra/storage/storage.ts';
import type { StoredVariant } from '../../schema/media.ts';
import { findTakenDown, refuseTakenDown } from '../takedowns/public.ts';
import type { Camera, MediaView, OwnMedia, OwnMediaInput } from './contract.ts';
import { type Area, placeOf, SIGNED_SECONDS, variantKey, variantKeys, variantType } from './keys.ts';
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

/** By id, as the viewer sees them. Does not check visibility: callers have. */
export async function presentMedia(
  app: App,
  viewerId: string | null,
  ids: string[],
): Promise<Map<string, MediaView>> {
  const rows = await findShownMedia(app.db, null, ids);
  const views = await Promise.all(rows.map((row) => present(app, viewerId, row)));
  return new Map(views.map((view) => [view.id, view]));
}

/** By id, with what only the owner may see. */
export async function presentOwnMedia(app: App, ids: string[]): Promise<Map<string, OwnMedia>> {
  const [rows, uses, takenDown] = await Promise.all([
    findMedia(app.db, ids),
    findUses(app.db, ids),
    findTakenDown(app, ids),
  ]);
  const views = await Promise.all(
    rows.map(async (row): Promise<OwnMedia> => {
      const isReady = row.status === 'completed' && row.originalKey !== null;
      return {
        ...(await present(app, row.ownerId, row)),
        camera: row.camera,
        shownCameraFields: row.shownCameraFields,
        reason: row.failure,
        originalUrl: isReady ? await signedUrl(app.storage, row.originalKey!) : null,
        usedIn: uses.get(row.id) ?? { postIds: [], storyIds: [], isAvatar: false },
        isTakenDown: takenDown.has(row.id),
        createdAt: row.createdAt,
      };
    }),
  );
  return new Map(views.map((view) => [view.id, view]));
}

async function present(app: App, viewerId: string | null, row: ShownMediaRow): Promise<MediaView> {
  const { id, status, width, height, altText, thumbhash, dominantColor } = row;
  const variants = row.status === 'completed' && row.folder !== null ? row.variants : [];
  const urls = await variantUrls(app, { area: row.area, folder: row.folder ?? '' }, variants);
  return {
    id,
    status,
    width,
    height,
    altText,
    thumbhash,
    dominantColor,
    camera: shownOf(row),
    ...(row.failure !== null && row.ownerId === viewerId ? { reason: row.failure } : {}),
    variants: variants.map((variant, i) => {
      const { name, width, height, bytes } = variant;
      return { name, type: variantType(variant), url: urls[i]!, width, height, bytes };
    }),
  };
}

const shownOf = ({ camera, shownCameraFields }: ShownMediaRow): Camera =>
  Object.fromEntries(
    shownCameraFields.flatMap((field) => (camera[field] === undefined ? [] : [[field, camera[field]]])),
  );

interface Place {
  area: Area;
  folder: string;
}

type Variant = Pick<StoredVariant, 'name' | 'format'>;

const AVATAR: Variant = { name: 'thumb', format: 'webp' };

/** The small picture that is shown beside a name. */
export const avatarUrl = async (app: App, place: Place): Promise<string> =>
  (await variantUrls(app, place, [AVATAR]))[0]!;

/** Without promises when they are public: a page has hundreds of them. */
function variantUrls(
  { storage }: App,
  { area, folder }: Place,
  variants: Variant[],
): string[] | Promise<string[]> {
  const place = placeOf(area, folder);
  const keys = variants.map((variant) => variantKey(place, variant));
  if (area === 'pub') return keys.map((key) => storage.publicUrl(key));
  return Promise.all(keys.map((key) => signedUrl(storage, key)));
}

const signedUrls = new WeakMap<Storage, LRUCache<string, Promise<string>>>();

/** Returns the same URL until half of its lifetime is over: signing costs time, and browsers can cache what keeps its URL. */
function signedUrl(storage: Storage, key: string): Promise<string> {
  const known =
    signedUrls.get(storage) ??
    new LRUCache<string, Promise<string>>({ max: 20_000, ttl: SIGNED_SECONDS * 500 });
  signedUrls.set(storage, known);
  const url = known.get(key) ?? storage.signedUrl(key, SIGNED_SECONDS);
  if (!known.has(key)) {
    known.set(key, url);
    url.catch(() => known.delete(key));
  }
  return url;
}
