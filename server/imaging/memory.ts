import type { Header } from './header.ts';
import { variantSizes } from './limits.ts';

/** Bytes for each pixel of the largest variant, for its copies in several colour spaces; and what every picture takes. */
const WORKING_BYTES = 16;
const DEEP_WORKING_BYTES = 40;
const BASE = 30_000_000;

/**
 * Bytes that the processing of a file is expected to take, in all processes: the picture, as far as it is held whole; the file and the
 * original made from it, in the child and in its parent; and the copies of the largest variant. The bench of the memory compares it.
 */
export function memoryOf({ width, height, heldBytes, isDeep }: Header, fileBytes: number): number {
  const pixels = width * height;
  const shown = Math.min(pixels, variantSizes[0].longestSide ** 2);
  const copies = shown * (isDeep ? DEEP_WORKING_BYTES : WORKING_BYTES);
  return BASE + copies + 2 * fileBytes + Math.max(pixels * heldBytes, 2 * fileBytes);
}
