import { tagged } from './convertColour.ts';
import { openOwn, openPixels } from './decoder.ts';
import type { Rendered } from './renderColours.ts';

export const AVIF = { quality: 70, effort: 1, chromaSubsampling: '4:2:0' };

/** With 10 bits, larger ones would take 45 bytes for each pixel instead of 34. */
const MAX_DEEP_PIXELS = 2048 ** 2;

/** In the photo's own colours. Wide ones have 10 bits, because their steps are larger. */
export async function encodeAvif({ srgb, wide }: Rendered): Promise<Buffer> {
  if (!wide) return openPixels(srgb).avif(AVIF).toBuffer();
  const { width, height } = wide.pixels;
  const bitdepth = width * height > MAX_DEEP_PIXELS ? 8 : 10;
  const file = await tagged(openPixels(wide.pixels), wide.profile);
  return openOwn(file, { ignoreIcc: true })
    .keepIccProfile()
    .avif({ ...AVIF, bitdepth })
    .toBuffer();
}
