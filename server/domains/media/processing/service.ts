import { type App, inTransaction } from '../../../core/app.ts';
import { holdMedia, holdPostsWith, holdStoriesWith } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import type { StoredVariant } from '../../../schema/media.ts';
import { faultOf, markHashes } from '../../takedowns/public.ts';
import {
  cacheControlOf,
  ORIGINALS,
  placeOf,
  unguessable,
  variantKey,
  variantKeys,
  variantType,
} from '../keys.ts';
import { countUses, findMedia, isAttempt, longestWait, type MediaRow, updateMedia } from '../queries.ts';

class CameBetween extends Error {}

/**
 * Locks the posts and stories that show the photo, then the photo, in the order of edits and deletions. To lock one that was created
 * in between while holding the photo could deadlock: then all locks are released and taken again. From then on none is created
 * until the transaction ends.
 */
async function holdMediaWithUses(app: App, mediaId: string): Promise<void> {
  for (let isLocked = false; !isLocked; ) {
    // A savepoint, because rolling back to it releases the locks.
    isLocked = await app.db
      .transaction(async (db) => {
        const posts = await holdPostsWith(db, mediaId);
        const stories = await holdStoriesWith(db, mediaId);
        await holdMedia(db, [mediaId]);
        if ((await countUses(db, mediaId)) > posts.length + stories.length) throw new CameBetween();
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof CameBetween) return false;
        throw error;
      });
  }
}

/** One attempt at processing, and where it may write. */
export interface Attempt {
  mediaId: string;
  ownerId: string;
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
  | 'contentType'
  | 'variants'
  | 'addedVariants'
  | 'isHdr'
  | 'width'
  | 'height'
  | 'thumbhash'
  | 'dominantColor'
  | 'camera'
  | 'fileRights'
  | 'uploadSha256'
  | 'originalSha256'
>;

/**
 * Null when there is nothing to do: completed, failed by a fault of the file, or deleted. Otherwise this attempt replaces any earlier
 * one. Where it will write is committed before it writes, so that a later attempt can remove what it leaves behind.
 */
export const startProcessing = (app: App, mediaId: string): Promise<Attempt | null> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [mediaId]);
    if (!row || !isUnfinished(row)) return null;
    const { id, ownerId, uploadKey, contentType, bytes, sha256 } = row;
    const number = row.attempt + 1;
    const originalKey = `${ORIGINALS}${unguessable()}`;
    const folder = unguessable();
    await updateMedia(app.db, id, undefined, {
      status: 'processing',
      failure: null,
      keptUntil: null,
      attempt: number,
      originalKey,
      folder,
    });
    await removeAttempt(app, row);
    const place = placeOf('priv', folder);
    return { mediaId: id, ownerId, number, uploadKey, contentType, bytes, sha256, originalKey, place };
  });

/** Operators may replay a job that ran out of attempts: then the photo has failed, and its file is kept. */
const isUnfinished = ({ status, keptUntil }: MediaRow): boolean =>
  status === 'uploaded' || status === 'processing' || (keptUntil !== null && keptUntil > new Date());

export async function isCurrent(app: App, { mediaId, number }: Attempt): Promise<boolean> {
  const [row] = await findMedia(app.db, [mediaId]);
  return row?.status === 'processing' && row.attempt === number;
}

/** Why a file with these hashes can't be used, in words for its owner; null when it can. */
export const findTakedown = (app: App, { ownerId }: Attempt, hashes: string[]): Promise<string | null> =>
  faultOf(app, ownerId, hashes);

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
    await holdMediaWithUses(app, attempt.mediaId);
    const addedPlace = processed.addedVariants.length > 0 ? attempt.place : null;
    const set = { ...processed, addedPlace, status: 'completed' as const };
    const isOurs = await updateMedia(app.db, attempt.mediaId, isAttempt(attempt.number), set);
    if (isOurs) await markHashes(app, attempt.mediaId);
    if (isOurs) await alsoThen(app);
    await enqueue(app, 'media.removeObjects', { keys: isOurs ? [attempt.uploadKey] : attemptKeys(attempt) });
    return isOurs;
  });

/** For a fault of the file, which is removed; the owner can read the reason. `alsoThen` runs in the same transaction. */
export const failProcessing = (
  app: App,
  attempt: Attempt,
  failure: string,
  alsoThen: (app: App) => Promise<void>,
): Promise<void> =>
  inTransaction(app, async (app) => {
    const set = { status: 'failed' as const, failure, originalKey: null, folder: null };
    const isOurs = await updateMedia(app.db, attempt.mediaId, isAttempt(attempt.number), set);
    if (isOurs) await alsoThen(app);
    const keys = isOurs ? [attempt.uploadKey, ...attemptKeys(attempt)] : attemptKeys(attempt);
    await enqueue(app, 'media.removeObjects', { keys });
  });

export async function removeAttempt(app: App, { originalKey, folder }: MediaRow): Promise<void> {
  if (originalKey === null || folder === null) return;
  await enqueue(app, 'media.removeObjects', { keys: [originalKey, ...variantKeys(placeOf('priv', folder))] });
}

const attemptKeys = ({ originalKey, place }: Attempt): string[] => [originalKey, ...variantKeys(place)];

/** How long the photo that waits longest has waited to be processed, seconds. */
export const photographsWaitSeconds = ({ db }: App): Promise<number> => longestWait(db);
