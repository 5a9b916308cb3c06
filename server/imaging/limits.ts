/** How a picture has to be decoded: line by line, or held whole. */
export type PixelKind =
  | 'baselineJpeg'
  | 'progressiveJpeg'
  | 'png'
  | 'interlacedPng'
  | 'webp'
  | 'avif'
  | 'deepAvif'
  | 'heic';

/**
 * Upper bounds on width times height. A baseline JPEG is shrunk while it is read; for the others the memory decides that one picture
 * takes alone.
 */
export const pixelLimits: Record<PixelKind, number> = {
  baselineJpeg: 250_000_000,
  progressiveJpeg: 64_000_000,
  png: 64_000_000,
  webp: 64_000_000,
  interlacedPng: 32_000_000,
  avif: 32_000_000,
  deepAvif: 24_000_000,
  heic: 64_000_000,
};

/** Pixels of most kinds; the others are in `pixelLimits`. */
export const MAX_PIXELS = pixelLimits.png;
/** Bytes of coefficients that a progressive JPEG may have: with four channels in full resolution it reaches them at 50 megapixels. */
export const MAX_COEFFICIENT_BYTES = 400_000_000;

/** No side of a variant is longer: WebP can't be. */
export const MAX_SIDE = 16_383;
/** A long photo is made larger than its longest side allows until its short side has this many pixels, or its area is reached. */
export const SHORT_SIDE = 400;

const types = ['image/webp', 'image/jpeg'] as const;

/** The steps made from each photo, largest first. Nothing is enlarged. */
export const variantSizes = [
  { name: 'full', longestSide: 4096, area: 8_300_000, types },
  { name: 'xlarge', longestSide: 2048, area: 3_145_728, types },
  { name: 'large', longestSide: 1600, area: 1_920_000, types },
  { name: 'medium', longestSide: 800, area: 480_000, types },
  { name: 'thumb', longestSide: 200, area: 30_000, types },
] as const;
