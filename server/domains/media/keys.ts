import { randomBytes } from 'node:crypto';
import { variantSizes } from '../../imaging/limits.ts';
import { PUBLIC_CACHE_CONTROL, PUBLIC_PREFIX } from '../../infra/storage/storage.ts';
import type { StoredVariant } from '../../schema/media.ts';

export type Area = 'pub' | 'priv';

export type VariantName = Pick<StoredVariant, 'name' | 'format'>;

const variantNames: VariantName[] = variantSizes.flatMap(({ name }) =>
  (['webp', 'jpeg', 'avif'] as const).map((format) => ({ name, format })),
);

export const placeOf = (area: Area, folder: string) => `${area}/${folder}`;

export const variantKey = (place: string, { name, format }: VariantName) => `${place}/${name}.${format}`;

/** The keys of all variants that can be at a place. */
export const variantKeys = (place: string) => variantNames.map((variant) => variantKey(place, variant));

/** The previous release reads the other variants of a row, and knows no others. */
export const isAdded = ({ name, format }: VariantName): boolean =>
  name === 'xlarge' || name === 'full' || format === 'avif';

interface Placed {
  area: Area;
  folder: string | null;
  variants: StoredVariant[];
  addedVariants: StoredVariant[];
  addedPlace: string | null;
}

/** All variants that are at the place of the photo. The previous release moves it without those that were added: they don't count then. */
export const variantsOf = ({ area, folder, variants, addedVariants, addedPlace }: Placed): StoredVariant[] =>
  folder !== null && addedPlace === placeOf(area, folder) ? [...variants, ...addedVariants] : variants;

/** Those that can be added to the variants of the photo; there are none of the sizes that it is too small for. */
export function missingOf(placed: Placed): VariantName[] {
  const stored = new Set(variantsOf(placed).map((variant) => variantKey('', variant)));
  return variantNames.filter((variant) => isAdded(variant) && !stored.has(variantKey('', variant)));
}

/** Sizes that every photo has, so that clients may look for them by name. */
const ALWAYS_LISTED = ['thumb', 'medium', 'large'] as const;

/** The variants by the names under which they are listed: of a small photo, the largest one is listed as all sizes above it. */
export function listedVariants(placed: Placed): { name: StoredVariant['name']; variant: StoredVariant }[] {
  const stored = variantsOf(placed);
  const own = stored.map((variant) => ({ name: variant.name, variant }));
  const more = (['webp', 'jpeg', 'avif'] as const).flatMap((format) => {
    const ofFormat = stored.filter((variant) => variant.format === format);
    const largest = ofFormat.toSorted((a, b) => b.width - a.width)[0];
    const missing = ALWAYS_LISTED.filter((name) => !ofFormat.some((variant) => variant.name === name));
    return largest ? missing.map((name) => ({ name, variant: largest })) : [];
  });
  return [...own, ...more];
}

export const variantType = ({ format }: Pick<StoredVariant, 'format'>) => `image/${format}` as const;

/** 128 random bits, safe in a URL. */
export const unguessable = () => randomBytes(16).toString('base64url');

/**
 * How long a place outlives a move for a larger audience: until the URLs of its objects have ended, of which the longest are those that the
 * previous release signed for 300 s, with a margin.
 */
export const RETAINED_SECONDS = 360;

/**
 * The object at a key never changes, so browsers keep it. Shared caches ask again after 30 s, because it is removed when fewer people may see it.
 * Private objects are cached only by the browser that asked.
 */
export const cacheControlOf = (key: string) =>
  key.startsWith(PUBLIC_PREFIX) ? PUBLIC_CACHE_CONTROL : 'private, max-age=31536000, immutable';

/** The places that are removed with these keys. A place goes as a whole: the smallest variant stands for it. */
export const placesOf = (keys: string[]): string[] =>
  keys.flatMap((key) => /^((?:pub|priv)\/[^/]+)\/thumb\.webp$/.exec(key)?.[1] ?? []);

/** Where clients upload files; only the worker reads them. */
export const UPLOADS = 'up/';

export const ORIGINALS = 'orig/';

/** No original is larger. */
export const MAX_ORIGINAL_BYTES = 512 * 1024 * 1024;

export const PRIVATE_PREFIX = 'priv/';
