import type { Header } from './header.ts';
import { variantSizes } from './limits.ts';

/** Bytes that each pixel of the largest variant takes: as values, and while encoders work on it and on its other colour spaces. */
const VALUE_BYTES = { plain: 3, deep: 6 };
const WORKING_BYTES = { plain: 21, deep: 30 };
/** The same while AVIF is made, of which the encoder takes most. */
const AVIF_WORKING_BYTES = 38;
/** What every picture takes. */
const BASE = 15_000_000;
/** A panorama is no larger than a picture of these proportions. */
const NARROWEST = 0.5;

/**
 * Bytes that the processing of a file is expected to take, in all processes: the file, in the child and in its parent, and the most of what
 * comes one after the other: decoding, with the picture as far as it is held whole; encoding; and the original, in both processes.
 * `test/bench/memory.ts` compares it.
 */
export function memoryOf(
  { width, height, heldBytes, isDeep }: Header,
  fileBytes: number,
  { withAvif = false } = {},
): number {
  const pixels = width * height;
  const proportions = Math.max(Math.min(width, height) / Math.max(width, height), NARROWEST);
  const shown = Math.min(pixels, variantSizes[0].longestSide ** 2 * proportions);
  const depth = isDeep ? 'deep' : 'plain';
  const decoding = pixels * heldBytes + shown * VALUE_BYTES[depth];
  const working = shown * (withAvif ? AVIF_WORKING_BYTES : WORKING_BYTES[depth]);
  return BASE + 2 * fileBytes + Math.max(decoding, working, 2 * fileBytes);
}
