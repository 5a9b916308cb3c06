import { LRUCache } from 'lru-cache';
import type { App } from '../../core/app.ts';
import type { Storage } from '../../infra/storage/storage.ts';
import type { StoredVariant } from '../../schema/media.ts';
import type { Camera, MediaView, OwnMedia } from './contract.ts';
import { type Area, placeOf, variantKey, variantType } from './keys.ts';
import { findMedia, findShownMedia, findUses, type ShownMediaRow } from './queries.ts';

const SIGNED_SECONDS = 300;

/** By id, as others see them. Does not check visibility: callers have. */
export async function presentMedia(app: App, ids: string[]): Promise<Map<string, MediaView>> {
  const rows = await findShownMedia(app.db, null, ids);
  const views = await Promise.all(rows.map((row) => present(app, row)));
  return new Map(views.map((view) => [view.id, view]));
}

/** By id, with what only the owner may see. */
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

async function present(app: App, row: ShownMediaRow): Promise<MediaView> {
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
