import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { MAX_PIXELS } from './limits.ts';

// An allowlist: block everything that can open a file or a buffer, then unblock the four accepted formats.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});
sharp.cache(false);
// One thread per picture: several pictures at once use the cores better than several threads on one picture.
sharp.concurrency(1);

const DECODE_SECONDS = 10;

const limits: SharpOptions = {
  limitInputPixels: MAX_PIXELS,
  failOn: 'error',
  pages: 1,
  page: 0,
  unlimited: false,
  sequentialRead: true,
};

/** Opens a picture of which only the first bytes have been checked. */
export const openUntrusted = (bytes: Buffer): Sharp =>
  sharp(bytes, limits).timeout({ seconds: DECODE_SECONDS });

/** Decoded pixels, 8 bits per channel. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
}

export const openPixels = ({ data, width, height, channels }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

export async function toPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`pixels have ${channels} channels`);
  return { data, width, height, channels };
}
