import type { App } from '../../core/app.ts';
import { PUBLIC_PREFIX } from '../../infra/storage/storage.ts';
import { ORIGINALS, PRIVATE_PREFIX } from './keys.ts';
import { findKnownOriginals, findKnownPlaces } from './strayQueries.ts';

const LISTED_AT_ONCE = 1000;
const LISTS_AT_ONCE = 20;

/** Where all objects are that a row of media has made, but for uploads; others in the bucket are not ours to judge. */
const OURS = [ORIGINALS, PRIVATE_PREFIX, PUBLIC_PREFIX];

/** So many are looked at by nobody; more than that, and than one in ten, are no leftovers but the photographs of another database. */
const SUSPICIOUS = 20;
const SUSPICIOUS_SHARE = 0.1;

/**
 * Goes through a part of all objects, from where it stood, and removes those that no row knows of; how many. No row means never
 * any more: where an object will be is committed before it is written, and no name is used twice. Throws, and removes nothing, when they
 * are too many to be leftovers.
 */
export async function removeStrayObjects(app: App, turn: { progress: string | null }): Promise<number> {
  let removed = 0;
  for (let list = 0; list < LISTS_AT_ONCE; list++) {
    const keys = await app.storage.list('', turn.progress, LISTED_AT_ONCE);
    const ours = keys.filter((key) => OURS.some((prefix) => key.startsWith(prefix)));
    const strays = await findStrays(app, ours);
    requireLeftovers(strays.length, ours.length);
    await app.storage.remove(strays);
    removed += strays.length;
    turn.progress = keys.length < LISTED_AT_ONCE ? null : keys.at(-1)!;
    if (turn.progress === null) break;
  }
  return removed;
}

/** A database that is new, restored from a backup or named by mistake knows little of what the store holds. */
function requireLeftovers(strays: number, all: number): void {
  if (strays <= SUSPICIOUS || strays <= all * SUSPICIOUS_SHARE) return;
  throw new Error(
    `Of ${all} objects in the store the database knows nothing of ${strays}: is it the database of this store? Nothing is removed. Remove by hand what is none of its photographs.`,
  );
}

async function findStrays({ db }: App, ours: string[]): Promise<string[]> {
  const isOriginal = (key: string) => key.startsWith(ORIGINALS);
  const originals = await findKnownOriginals(db, ours.filter(isOriginal));
  const places = await findKnownPlaces(db, [
    ...new Set(ours.filter((key) => !isOriginal(key)).map(placeOfKey)),
  ]);
  return ours.filter((key) => (isOriginal(key) ? !originals.has(key) : !places.has(placeOfKey(key))));
}

/** `<area>/<folder>` of `<area>/<folder>/<name>.<format>`. */
const placeOfKey = (key: string) => key.split('/').slice(0, 2).join('/');
