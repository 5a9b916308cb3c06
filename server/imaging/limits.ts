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

/** The sizes made from each photograph, largest first, each as WebP and JPEG. Nothing is enlarged. */
export const variantSizes = [
  { name: 'large', longestSide: 1600, types: ['image/webp', 'image/jpeg'] },
  { name: 'medium', longestSide: 800, types: ['image/webp', 'image/jpeg'] },
  { name: 'thumb', longestSide: 200, types: ['image/webp', 'image/jpeg'] },
] as const;
