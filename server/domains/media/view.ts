import { LRUCache } from 'lru-cache';
import type { App } from '../../core/app.ts';
import type { Storage } from '../../infra/storage/storage.ts';
import type { StoredVariant } from '../../schema/media.ts';
import type { Camera, MediaView, OwnMedia } from './contract.ts';
import { type Area, placeOf, variantKey, variantType } from './keys.ts';
import { findMedia, findUses, type MediaRow } from './queries.ts';

const SIGNED_SECONDS = 300;

/** By id, as others see them. Asks no visibility of its own: callers have passed the rule. */
export async function presentMedia(app: App, ids: string[]): Promise<Map<string, MediaView>> {
  const rows = await findMedia(app.db, ids);
  const views = await Promise.all(rows.map((row) => present(app, row)));
  return new Map(views.map((view) => [view.id, view]));
}

/** By id, with what only their owner may know. */
export async function presentOwnMedia(app: App, ids: string[]): Promise<Map<string, OwnMedia>> {
  const [rows, uses] = await Promise.all([findMedia(app.db, ids), findUses(app.db, ids)]);
  const views = await Promise.all(
    rows.map(async (row): Promise<OwnMedia> => {
      const isReady = row.status === 'completed' && row.originalKey !== null;
      return {
        ...(await present(app, row)),
        camera: row.camera,
        shownCameraFields: row.shownCameraFields,
        reason: row.failure,
        originalUrl: isReady ? await signedUrl(app.storage, row.originalKey!) : null,
        usedIn: uses.get(row.id) ?? { postIds: [], storyIds: [], isAvatar: false },
        createdAt: row.createdAt,
      };
    }),
  );
  return new Map(views.map((view) => [view.id, view]));
}

async function present(app: App, row: MediaRow): Promise<MediaView> {
  return {
    id: row.id,
    status: row.status,
    width: row.width,
    height: row.height,
    altText: row.altText,
    thumbhash: row.thumbhash,
    dominantColor: row.dominantColor,
    camera: shownOf(row),
    variants: await presentVariants(app, row),
  };
}

const shownOf = ({ camera, shownCameraFields }: MediaRow): Camera =>
  Object.fromEntries(
    shownCameraFields.flatMap((field) => (camera[field] === undefined ? [] : [[field, camera[field]]])),
  );

async function presentVariants(
  app: App,
  { status, area, folder, variants }: MediaRow,
): Promise<MediaView['variants']> {
  if (status !== 'completed' || folder === null) return [];
  return Promise.all(
    variants.map(async (variant) => ({
      name: variant.name,
      type: variantType(variant),
      url: await variantUrl(app, { area, folder }, variant),
      width: variant.width,
      height: variant.height,
      bytes: variant.bytes,
    })),
  );
}

interface Place {
  area: Area;
  folder: string;
}

/** The small square-ish picture that stands beside a name. */
export const avatarUrl = (app: App, place: Place): Promise<string> =>
  variantUrl(app, place, { name: 'thumb', format: 'webp' });

async function variantUrl(
  app: App,
  { area, folder }: Place,
  variant: Pick<StoredVariant, 'name' | 'format'>,
): Promise<string> {
  const key = variantKey(placeOf(area, folder), variant);
  return area === 'pub' ? app.storage.publicUrl(key) : signedUrl(app.storage, key);
}

const signedUrls = new WeakMap<Storage, LRUCache<string, Promise<string>>>();

/** The same URL again until half its life is over: signing costs, and a browser can keep what has the same name. */
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
