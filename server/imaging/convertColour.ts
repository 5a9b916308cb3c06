import { deflateSync } from 'node:zlib';
import type { Sharp } from 'sharp';
import { openOwn, openPixels, type Pixels, toPixels } from './decoder.ts';
import { PNG_SIGNATURE_BYTES, pngChunk } from './pngChunks.ts';

const HEAD_BYTES = PNG_SIGNATURE_BYTES + 25;

/**
 * Pixels whose values mean what the profile says, as sRGB or Display P3 of 8 bits. The colour engine applies profiles of files only,
 * so the pixels become an uncompressed PNG on the way.
 */
export async function convertColour(pixels: Pixels, profile: Buffer, to: 'srgb' | 'p3'): Promise<Pixels> {
  // Of 8 bits the decoder makes sRGB at once, and what exceeds it is lost: P3 has to be made of 16.
  const source = openPixels(pixels);
  const deep = pixels.isDeep || to === 'p3' ? source.toColourspace('rgb16') : source;
  const file = await tagged(deep, profile);
  return toPixels(pixels.isDeep || to === 'p3' ? openOwn(file).withIccProfile(to) : openOwn(file));
}

/** As a file with the profile, which raw pixels can't have. */
export async function tagged(picture: Sharp, profile: Buffer): Promise<Buffer> {
  const plain = await picture.png({ compressionLevel: 0, adaptiveFiltering: false }).toBuffer();
  return Buffer.concat([
    plain.subarray(0, HEAD_BYTES),
    pngChunk('iCCP', Buffer.concat([Buffer.from('ICC\0\0'), deflateSync(profile, { level: 1 })])),
    plain.subarray(HEAD_BYTES),
  ]);
}
