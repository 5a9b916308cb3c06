import { openPixels, openUntrusted, type Pixels, toPixels } from './decoder.ts';
import { decoding, reading } from './decoding.ts';
import { findGainMap, type StoredGainMap } from './gainMapJpeg.ts';
import type { GainMapParameters } from './gainMapParameters.ts';
import { headerOf } from './header.ts';
import { UnusableImage } from './unusableImage.ts';

/** Values that a decoder holds for a map that is not read line by line. */
const MAX_HELD_BYTES = 16_000_000;
const SAME_PROPORTIONS = 0.03;
/** Half as wide and high as the picture: light changes less than detail. */
const SCALE = 0.5;
const JPEG = { quality: 85, chromaSubsampling: '4:4:4' };

/** The light that a picture has beyond the standard range, as in its file: not upright. */
export interface GainMap {
  pixels: Pixels;
  /** One value per pixel instead of three. */
  isGrey: boolean;
  parameters: GainMapParameters;
}

interface Size {
  width: number;
  height: number;
}

/**
 * The gain map of a JPEG, at most large enough for a picture of the given longest side; null when it has none that can be used, which
 * is no fault of the photograph.
 */
export async function openGainMap(file: Buffer, size: Size, longestSide: number): Promise<GainMap | null> {
  try {
    const found = reading(() => findGainMap(file));
    return found && (await decodeGainMap(found, size, longestSide));
  } catch (error) {
    if (error instanceof UnusableImage) return null;
    throw error;
  }
}

async function decodeGainMap(
  { jpeg, parameters }: StoredGainMap,
  picture: Size,
  longestSide: number,
): Promise<GainMap | null> {
  const { width, height, heldBytes } = headerOf(jpeg, 'image/jpeg');
  const pixels = width * height;
  const isAlike = Math.abs((width * picture.height) / (height * picture.width) - 1) < SAME_PROPORTIONS;
  if (!isAlike || pixels > picture.width * picture.height || pixels * heldBytes > MAX_HELD_BYTES) return null;
  const scale = Math.min(1, (longestSide * SCALE) / Math.max(width, height));
  const decoded = openUntrusted(jpeg, { ignoreIcc: true, maxPixels: pixels });
  return decoding(async () => {
    const { channels } = await decoded.metadata();
    if (channels !== 1 && channels !== 3) return null;
    const resized = decoded
      .resize({ ...scaled({ width, height }, scale), fit: 'fill' })
      .toColourspace('srgb');
    return { pixels: await toPixels(resized), isGrey: channels === 1, parameters };
  });
}

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

/** For a picture made from the photograph; both have to be upright. */
export async function encodeGainMap(
  { pixels, isGrey, parameters }: GainMap,
  picture: Size,
): Promise<StoredGainMap> {
  const scale = Math.min(SCALE, pixels.width / picture.width);
  const resized = openPixels(pixels).resize({ ...scaled(picture, scale), fit: 'fill' });
  const jpeg = await (isGrey ? resized.extractChannel(0) : resized).jpeg(JPEG).toBuffer();
  return { jpeg, parameters };
}
