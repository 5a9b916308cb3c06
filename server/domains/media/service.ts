import { type App, inTransaction } from '../../core/app.ts';
import { CielError } from '../../core/errors.ts';
import { holdMedia, holdOwnMedia } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import type { StoredVariant } from '../../schema/media.ts';
import {
  cacheControlOf,
  ORIGINALS,
  placeOf,
  UPLOADS,
  unguessable,
  variantKey,
  variantKeys,
  variantType,
} from './keys.ts';
import { placeMedium } from './placement.ts';
import {
  deleteMedia,
  findAwaited,
  findMedia,
  findOwnerMedia,
  findUnusedOf,
  holdAbandoned,
  isAttempt,
  type MediaRow,
  updateMedia,
  withoutUse,
} from './queries.ts';
import { holdWithShowing } from './showing.ts';

export { removeStrayObjects } from './strays.ts';

const USABLE = new Set<MediaRow['status']>(['uploaded', 'processing', 'completed']);

/**
 * The states of the owner's media, in the given order, locked until the transaction ends. Throws `media_unusable`, naming the place
 * in the list, for one that is repeated, failed, not uploaded or not the owner's.
 */
export async function requireUsableMedia(
  app: App,
  ownerId: string,
  ids: string[],
  fieldOf = (place: number) => `mediaIds.${place}`,
) {
  const found = new Map((await holdOwnMedia(app.db, ownerId, ids)).map((row) => [row.id, row]));
  const errors = ids.flatMap((id, place) => {
    const status = found.get(id)?.status;
    const isUsable = status !== undefined && USABLE.has(status) && ids.indexOf(id) === place;
    return isUsable ? [] : [{ field: fieldOf(place), message: whyUnusable(status) }];
  });
  if (errors.length > 0) throw new CielError('media_unusable', { errors });
  return ids.map((id) => found.get(id)!);
}

function whyUnusable(status: MediaRow['status'] | undefined): string {
  if (status === undefined) return 'is not a photo of yours';
  if (status === 'failed') return 'could not be processed';
  return status === 'pending' ? 'has not been uploaded' : 'is listed twice';
}

/** The caller has made sure that the media are the owner's. */
export async function setAltTexts(app: App, media: { mediaId: string; altText: string }[]): Promise<void> {
  const inOrder = media.toSorted((a, b) => (a.mediaId < b.mediaId ? -1 : 1));
  for (const { mediaId, altText } of inOrder) await updateMedia(app.db, mediaId, undefined, { altText });
}

/** Deletes those of the media that no post, story or avatar refers to any more, with all their objects. */
export const deleteUnusedMedia = (app: App, ids: string[]): Promise<void> =>
  inTransaction(app, async (app) => {
    const rows = await holdMedia(app.db, ids);
    const unused = new Set(await withoutUse(app.db, ids));
    await deleteRows(
      app,
      rows.filter(({ id }) => unused.has(id)),
    );
  });

const ERASED_AT_ONCE = 50;

/** Deletes a batch of the media of a deleted user, with all their objects; returns how many. Media in use stay. */
export const eraseMediaOf = (app: App, ownerId: string): Promise<number> =>
  inTransaction(app, async (app) => {
    const rows = await holdMedia(app.db, await findUnusedOf(app.db, ownerId, ERASED_AT_ONCE));
    await deleteRows(app, rows);
    return rows.length;
  });

export async function deleteRows(app: App, rows: MediaRow[]): Promise<void> {
  if (rows.length === 0) return;
  await deleteMedia(
    app.db,
    rows.map(({ id }) => id),
  );
  await enqueue(app, 'media.removeObjects', { keys: rows.flatMap(allKeysOf) });
}

const allKeysOf = ({ uploadKey, originalKey, area, folder, movingTo }: MediaRow): string[] => [
  uploadKey,
  ...(originalKey === null ? [] : [originalKey]),
  ...(folder === null ? [] : variantKeys(placeOf(area, folder))),
  ...(movingTo === null ? [] : variantKeys(movingTo)),
];

export async function placeMedia(app: App, { mediaIds }: { mediaIds: string[] }): Promise<void> {
  for (const id of mediaIds) await placeMedium(app, id);
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

const SWEPT_AT_ONCE = 1000;

/** Deletes uploads that never arrived, and removes uploaded objects that no row waits for. Returns how many of both. */
export async function sweepUploads(app: App): Promise<number> {
  const abandoned = await inTransaction(app, async (app) => {
    const rows = await holdAbandoned(app.db, SWEPT_AT_ONCE);
    await deleteRows(app, rows);
    return rows.length;
  });
  return abandoned + (await removeStrays(app));
}

/** A ticket can be used again once its object is gone; such an upload is never read. */
async function removeStrays(app: App): Promise<number> {
  let removed = 0;
  for (let after: string | null = null; ; ) {
    const keys: string[] = await app.storage.list(UPLOADS, after, SWEPT_AT_ONCE);
    const awaited = new Set(await findAwaited(app.db, keys));
    const strays = keys.filter((key) => !awaited.has(key));
    await app.storage.remove(strays);
    removed += strays.length;
    if (keys.length < SWEPT_AT_ONCE) return removed;
    after = keys.at(-1)!;
  }
}

export const removeObjects = (app: App, { keys }: { keys: string[] }): Promise<void> =>
  app.storage.remove(keys);

/** One attempt at processing, and where it may write. */
export interface Attempt {
  mediaId: string;
  number: number;
  uploadKey: string;
  contentType: string;
  bytes: number;
  sha256: string | null;
  originalKey: string;
  /** `priv/<folder>` */
  place: string;
}

export type Processed = Pick<
  MediaRow,
  'variants' | 'width' | 'height' | 'thumbhash' | 'dominantColor' | 'camera'
>;

/**
 * Null when there is nothing to do: completed, failed or deleted. Otherwise this attempt replaces any earlier one. Where it will write
 * is committed before it writes, so that a later attempt can remove what it leaves behind.
 */
export const startProcessing = (app: App, mediaId: string): Promise<Attempt | null> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [mediaId]);
    if (row?.status !== 'uploaded' && row?.status !== 'processing') return null;
    const { id, uploadKey, contentType, bytes, sha256 } = row;
    const number = row.attempt + 1;
    const originalKey = `${ORIGINALS}${unguessable()}`;
    const folder = unguessable();
    await updateMedia(app.db, id, undefined, { status: 'processing', attempt: number, originalKey, folder });
    await forget(app, row);
    const place = placeOf('priv', folder);
    return { mediaId: id, number, uploadKey, contentType, bytes, sha256, originalKey, place };
  });

export async function isCurrent(app: App, { mediaId, number }: Attempt): Promise<boolean> {
  const [row] = await findMedia(app.db, [mediaId]);
  return row?.status === 'processing' && row.attempt === number;
}

export const storeOriginal = (app: App, { originalKey, contentType }: Attempt, body: Buffer): Promise<void> =>
  app.storage.write(originalKey, body, { contentType, cacheControl: cacheControlOf(originalKey) });

export const storeVariant = (
  app: App,
  { place }: Attempt,
  variant: Pick<StoredVariant, 'name' | 'format'>,
  body: Buffer,
): Promise<void> =>
  app.storage.write(variantKey(place, variant), body, {
    contentType: variantType(variant),
    cacheControl: cacheControlOf(place),
  });

/** False when a later attempt has replaced this one: what it wrote is removed then. `alsoThen` runs in the same transaction. */
export const finishProcessing = (
  app: App,
  attempt: Attempt,
  processed: Processed,
  alsoThen: (app: App) => Promise<void>,
): Promise<boolean> =>
  inTransaction(app, async (app) => {
    await holdWithShowing(app, attempt.mediaId);
    const set = { ...processed, status: 'completed' as const };
    const isOurs = await updateMedia(app.db, attempt.mediaId, isAttempt(attempt.number), set);
    if (isOurs) await alsoThen(app);
    await enqueue(app, 'media.removeObjects', { keys: isOurs ? [attempt.uploadKey] : attemptKeys(attempt) });
    return isOurs;
  });

/** For a fault that no retry can fix; the owner can read the reason. */
export const failProcessing = (app: App, attempt: Attempt, failure: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const set = { status: 'failed' as const, failure, originalKey: null, folder: null };
    const isOurs = await updateMedia(app.db, attempt.mediaId, isAttempt(attempt.number), set);
    const keys = isOurs ? [attempt.uploadKey, ...attemptKeys(attempt)] : attemptKeys(attempt);
    await enqueue(app, 'media.removeObjects', { keys });
  });

async function forget(app: App, { originalKey, folder }: MediaRow): Promise<void> {
  if (originalKey === null || folder === null) return;
  await enqueue(app, 'media.removeObjects', { keys: [originalKey, ...variantKeys(placeOf('priv', folder))] });
}

const attemptKeys = ({ originalKey, place }: Attempt): string[] => [originalKey, ...variantKeys(place)];
