import sharp, { type OutputInfo, type Sharp, type SharpOptions } from 'sharp';
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

const limits: SharpOptions = {
  pages: 1,
  page: 0,
  unlimited: false,
  sequentialRead: true,
};

export interface OpenOptions {
  /** Gives the values of the pixels as they are, whatever profile the file has. */
  ignoreIcc?: boolean;
  /** Refuses also what a decoder would only warn of. */
  isStrict?: boolean;
  maxPixels?: number;
}

/** Opens a picture of which only the head has been checked. */
export const openUntrusted = (
  bytes: Buffer,
  { ignoreIcc = false, isStrict = false, maxPixels = MAX_PIXELS }: OpenOptions = {},
): Sharp =>
  sharp(bytes, {
    ...limits,
    limitInputPixels: maxPixels,
    ignoreIcc,
    failOn: isStrict ? 'warning' : 'error',
  });

/** Opens a file that this layer has written itself. */
export const openOwn = (bytes: Buffer, { ignoreIcc = false }: OpenOptions = {}): Sharp =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, ignoreIcc });

/** Decoded pixels, 8 bits per channel, or 16 in the order of bytes of the machine. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
  isDeep?: boolean;
}

export function openPixels({ data, width, height, channels, isDeep }: Pixels): Sharp {
  const raw = { width, height, channels };
  return isDeep
    ? sharp(new Uint16Array(data.buffer, data.byteOffset, data.length / 2), { raw }).toColourspace('rgb16')
    : sharp(data, { raw });
}

export async function toPixels(picture: Sharp): Promise<Pixels> {
  return pixelsOf(await picture.raw().toBuffer({ resolveWithObject: true }));
}

/** 16 bits per channel. */
export async function toDeepPixels(picture: Sharp): Promise<Pixels> {
  const deep = picture.toColourspace('rgb16').raw({ depth: 'ushort' });
  return { ...pixelsOf(await deep.toBuffer({ resolveWithObject: true })), isDeep: true };
}

function pixelsOf({ data, info }: { data: Buffer; info: OutputInfo }): Pixels {
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`pixels have ${channels} channels`);
  return { data, width, height, channels };
}
