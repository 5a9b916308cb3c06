import { and, inArray, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { media, retainedPlaces } from '../../../schema/index.ts';
import { placeOf } from '../keys.ts';
import { hasStatus, isKept } from '../queries.ts';

export async function findKnownOriginals(db: Db, keys: string[]): Promise<Set<string | null>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .select({ key: media.originalKey })
    .from(media)
    .where(inArray(media.originalKey, keys));
  return new Set(rows.map(({ key }) => key));
}

/** Those of the places where variants are, are being moved to, or can still be read. */
export async function findKnownPlaces(db: Db, places: string[]): Promise<Set<string | null>> {
  if (places.length === 0) return new Set();
  const folders = places.map((place) => place.split('/')[1]!);
  const rows = await db
    .select({ area: media.area, folder: media.folder, movingTo: media.movingTo })
    .from(media)
    .where(or(inArray(media.folder, folders), inArray(media.movingTo, places)));
  const retained = await db
    .select({ place: retainedPlaces.place })
    .from(retainedPlaces)
    .where(inArray(retainedPlaces.place, places));
  return new Set([
    ...rows.flatMap(({ area, folder, movingTo }) => [
      folder === null ? null : placeOf(area, folder),
      movingTo,
    ]),
    ...retained.map(({ place }) => place),
  ]);
}

/** Places whose time is over: their objects are removed by a job of their own. Returns how many. */
export async function deleteEndedPlaces(db: Db, count: number): Promise<number> {
  const ended = db
    .select({ place: retainedPlaces.place })
    .from(retainedPlaces)
    .where(lt(retainedPlaces.until, sql`now()`))
    .limit(count);
  const rows = await db
    .delete(retainedPlaces)
    .where(inArray(retainedPlaces.place, ended))
    .returning({ place: retainedPlaces.place });
  return rows.length;
}

/** Those of the upload keys whose file has yet to be sent or read, or is kept. */
export async function findAwaited(db: Db, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select({ key: media.uploadKey })
    .from(media)
    .where(and(inArray(media.uploadKey, keys), or(hasStatus('pending', 'uploaded', 'processing'), isKept())));
  return rows.map(({ key }) => key);
}
