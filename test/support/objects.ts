import { variantKey, variantKeys, variantsOf } from '../../server/domains/media/keys.ts';
import { media, retainedPlaces } from '../../server/schema/index.ts';
import type { World } from './world.ts';

export const storedKeys = ({ app }: World): Promise<string[]> => app.storage.list('', null, 100_000);

/** Objects that no row knows of, and objects that a completed row needs and that are not there. */
export async function orphanObjects(world: World): Promise<{ orphaned: string[]; missing: string[] }> {
  const rows = await world.app.db.select().from(media);
  const stored = new Set(await storedKeys(world));
  const needed = rows
    .filter(({ status }) => status === 'completed')
    .flatMap((row) => [
      row.originalKey!,
      ...variantsOf(row).map((variant) => variantKey(`${row.area}/${row.folder}`, variant)),
    ]);
  const awaited = rows
    .filter(({ status, keptUntil }) => (status !== 'completed' && status !== 'failed') || keptUntil !== null)
    .map(({ uploadKey }) => uploadKey);
  const places = await world.app.db.select({ place: retainedPlaces.place }).from(retainedPlaces);
  const retained = places.flatMap(({ place }) => variantKeys(place));
  const known = new Set([...needed, ...awaited, ...retained]);
  return {
    orphaned: [...stored].filter((key) => !known.has(key)),
    missing: needed.filter((key) => !stored.has(key)),
  };
}

export const NO_ORPHANS = { orphaned: [], missing: [] };
