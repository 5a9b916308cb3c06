import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { MAX_PIXELS } from '../domains/media/contract.ts';

// An allowlist: everything that can open a file or a buffer is blocked, then the four formats that we take are let in again.
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
// One thread a picture: several pictures at once use the cores better than one picture with several threads.
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

/** A picture of which nothing is known yet but its first bytes. */
export const openUntrusted = (bytes: Buffer): Sharp =>
  sharp(bytes, limits).timeout({ seconds: DECODE_SECONDS });

/** Pixels of our own making, 8 bits a channel. */
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
