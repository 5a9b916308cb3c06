import { type App, inTransaction } from '../../../core/app.ts';
import { PUBLIC_PREFIX } from '../../../infra/storage/storage.ts';
import { ORIGINALS, PRIVATE_PREFIX, placesOf, UPLOADS } from '../keys.ts';
import { abortPartsOf, abortUnusedParts } from '../parts/service.ts';
import { purgeRows } from '../public.ts';
import { holdAbandoned } from '../queries.ts';
import { deleteEndedPlaces, findAwaited, findKnownOriginals, findKnownPlaces } from './queries.ts';

const LISTED_AT_ONCE = 1000;
const LISTS_AT_ONCE = 20;

/** Where the objects of media rows are, except for uploads; other objects in the bucket are left alone. */
const OURS = [ORIGINALS, PRIVATE_PREFIX, PUBLIC_PREFIX];

/** Up to this many orphans are normal; more than that and more than one in ten means that the database is not the store's. */
const SUSPICIOUS = 20;
const SUSPICIOUS_SHARE = 0.1;

/**
 * Goes through a batch of all objects, from where it left off, and removes the orphans; returns how many. An orphan stays one: where
 * an object will be is committed before it is written, and no key is used twice. Throws, and removes nothing, when there are
 * suspiciously many.
 */
export async function removeOrphanObjects(app: App, turn: { progress: string | null }): Promise<number> {
  let removed = 0;
  for (let list = 0; list < LISTS_AT_ONCE; list++) {
    const keys = await app.storage.list('', turn.progress, LISTED_AT_ONCE);
    const ours = keys.filter((key) => OURS.some((prefix) => key.startsWith(prefix)));
    const orphans = await findOrphans(app, ours);
    requireFewOrphans(orphans.length, ours.length);
    await app.storage.remove(orphans);
    removed += orphans.length;
    turn.progress = keys.length < LISTED_AT_ONCE ? null : keys.at(-1)!;
    if (turn.progress === null) break;
  }
  return removed;
}

/** A database that is new, restored from a backup or configured by mistake does not know most objects of the store. */
function requireFewOrphans(orphans: number, all: number): void {
  if (orphans <= SUSPICIOUS || orphans <= all * SUSPICIOUS_SHARE) return;
  throw new Error(
    `The database does not know ${orphans} of ${all} objects in the store: is it the database of this store? Nothing was removed. Remove by hand what is not one of its photos.`,
  );
}

async function findOrphans({ db }: App, ours: string[]): Promise<string[]> {
  const isOriginal = (key: string) => key.startsWith(ORIGINALS);
  const originals = await findKnownOriginals(db, ours.filter(isOriginal));
  const places = await findKnownPlaces(db, [
    ...new Set(ours.filter((key) => !isOriginal(key)).map(placeOfKey)),
  ]);
  return ours.filter((key) => (isOriginal(key) ? !originals.has(key) : !places.has(placeOfKey(key))));
}

/** `<area>/<folder>` of `<area>/<folder>/<name>.<format>`. */
const placeOfKey = (key: string) => key.split('/').slice(0, 2).join('/');

const SWEPT_AT_ONCE = 1000;

/** Deletes uploads that never arrived, uploaded objects and parts that no row waits for, and ended places; returns how many. */
export async function purgeAbandonedUploads(app: App): Promise<number> {
  const abandoned = await inTransaction(app, async (app) => {
    const rows = await holdAbandoned(app.db, SWEPT_AT_ONCE);
    await purgeRows(app, rows);
    return rows;
  });
  await abortPartsOf(app, abandoned);
  const ended = await deleteEndedPlaces(app.db, SWEPT_AT_ONCE);
  return abandoned.length + ended + (await removeUnusedUploads(app)) + (await abortUnusedParts(app));
}

/** A ticket can be used again once its object is gone; such an upload is never read. */
async function removeUnusedUploads(app: App): Promise<number> {
  let removed = 0;
  for (let after: string | null = null; ; ) {
    const keys: string[] = await app.storage.list(UPLOADS, after, SWEPT_AT_ONCE);
    const awaited = new Set(await findAwaited(app.db, keys));
    const orphans = keys.filter((key) => !awaited.has(key));
    await app.storage.remove(orphans);
    removed += orphans.length;
    if (keys.length < SWEPT_AT_ONCE) return removed;
    after = keys.at(-1)!;
  }
}

/** With a place goes all that is there, also variants whose names only another release knows. */
export async function removeObjects({ storage }: App, { keys }: { keys: string[] }): Promise<void> {
  await storage.remove(keys);
  for (const place of placesOf(keys))
    await storage.remove(await storage.list(`${place}/`, null, LISTED_AT_ONCE));
}
