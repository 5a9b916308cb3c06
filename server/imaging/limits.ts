/** Upper bound on width times height. */
export const MAX_PIXELS = 64_000_000;
/** The same for AVIF and interlaced PNG, which can only be decoded in one piece. */
export const MAX_PIXELS_WHOLE = 32_000_000;

/** The sizes made from each photograph, largest first, each as WebP and JPEG. Nothing is enlarged. */
export const variantSizes = [
  { name: 'large', longestSide: 1600, types: ['image/webp', 'image/jpeg'] },
  { name: 'medium', longestSide: 800, types: ['image/webp', 'image/jpeg'] },
  { name: 'thumb', longestSide: 200, types: ['image/webp', 'image/jpeg'] },
] as const;
