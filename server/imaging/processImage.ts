import type { Metadata, Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { wideGamutProfile } from './colourProfile.ts';
import { openPixels, openUntrusted, type Pixels, toPixels } from './decoder.ts';
import { dominantColorOf } from './dominantColor.ts';
import type { AcceptedType } from './imageType.ts';
import { MAX_PIXELS, MAX_PIXELS_WHOLE, variantSizes } from './limits.ts';
import { stripMetadata } from './stripMetadata.ts';
import { damaged, UnusableImage } from './unusableImage.ts';
import { withProfile } from './webpContainer.ts';

const WEBP = { quality: 80, effort: 4 };
const JPEG = { quality: 82 };
const HASHED_SIDE = 100;

/** One picture made from the photograph, upright and without metadata. */
export interface Variant {
  name: SizeName;
  format: 'webp' | 'jpeg';
  width: number;
  height: number;
  body: Buffer;
}

type SizeName = (typeof variantSizes)[number]['name'];

export interface ProcessedImage {
  /** Size of the upright original, in pixels. */
  width: number;
  height: number;
  /** EXIF orientation of the file, 1 when it has none. */
  orientation: number;
  exif: Buffer | undefined;
  variants: Variant[];
  /** Base64. */
  thumbhash: string;
  dominantColor: string;
}

/** Makes everything that is shown of a photograph. Throws UnusableImage when the file is not a usable picture. */
export async function processImage(file: Buffer, type: AcceptedType): Promise<ProcessedImage> {
  const metadata = await readMetadata(file, type);
  const orientation = metadata.orientation ?? 1;
  const [srgb, wide] = await decode(file, metadata, orientation);
  const steps = await shrink(srgb, wide);
  const variants = await Promise.all(steps.flatMap((step) => [encodeWebp(step), encodeJpeg(step)]));
  const isTurned = orientation >= 5;
  return {
    width: isTurned ? metadata.height : metadata.width,
    height: isTurned ? metadata.width : metadata.height,
    orientation,
    exif: metadata.exif,
    variants,
    ...(await summarize(steps.at(-1)!.srgb)),
  };
}

/** The file without its metadata, still the same picture. */
export async function makeOriginal(
  file: Buffer,
  type: AcceptedType,
  { orientation, width, height }: ProcessedImage,
): Promise<Buffer> {
  const original = stripped(file, type, orientation);
  const metadata = await readMetadata(original, type);
  if (metadata.width * metadata.height !== width * height) throw damaged();
  return original;
}

function stripped(file: Buffer, type: AcceptedType, orientation: number): Buffer {
  try {
    return stripMetadata(file, type, orientation);
  } catch (error) {
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

const FORMATS: Record<AcceptedType, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

async function readMetadata(file: Buffer, type: AcceptedType): Promise<Metadata> {
  const metadata = await decoding(() => openUntrusted(file).metadata());
  if (metadata.format !== FORMATS[type]) throw damaged();
  const limit = isDecodedWhole(metadata) ? MAX_PIXELS_WHOLE : MAX_PIXELS;
  if (metadata.width * metadata.height > limit) throw tooManyPixels(limit);
  return metadata;
}

/** All others are decoded line by line. 64 megapixels would take 1.2 GB as AVIF, 0.7 GB as interlaced 16-bit PNG. */
const isDecodedWhole = ({ format, isProgressive }: Metadata) =>
  format === 'heif' || (format === 'png' && isProgressive);

const tooManyPixels = (limit: number) =>
  new UnusableImage(`The photograph has more than ${limit / 1e6} megapixels: make it smaller`);

/** Turns a failure of the decoder into an UnusableImage; an error that is not the file's fault is rethrown. */
async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/pixel limit/.test(message)) throw tooManyPixels(MAX_PIXELS);
    if (/timeout/.test(message)) throw new UnusableImage('The file takes too long to decode');
    if (/out of memory|unable to allocate/i.test(message)) throw error;
    throw damaged();
  }
}

interface Step {
  name: SizeName;
  srgb: Pixels;
  wide: { pixels: Pixels; profile: Buffer } | null;
}

/** The picture upright and at its largest: in sRGB and, if its colours exceed that, in its own colours too. */
async function decode(file: Buffer, { icc }: Metadata, orientation: number): Promise<[Pixels, Step['wide']]> {
  const profile = wideGamutProfile(icc);
  const large = () => scaledTo(openUntrusted(file), variantSizes[0].longestSide);
  const [srgb, wide] = await Promise.all([
    decoding(() => toPixels(large())),
    profile && decoding(() => toPixels(large().keepIccProfile())),
  ]);
  return [
    await upright(srgb, orientation),
    profile && wide && { pixels: await upright(wide, orientation), profile },
  ];
}

const scaledTo = (picture: Sharp, side: number): Sharp =>
  picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

/** Clockwise turn, then mirrored left to right, for each EXIF orientation. */
const TURNS: Record<number, [degrees: number, isMirrored: boolean]> = {
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [90, true],
  6: [90, false],
  7: [270, true],
  8: [270, false],
};

/** Rotates after downscaling: rotating the original would hold all of it in memory. */
async function upright(pixels: Pixels, orientation: number): Promise<Pixels> {
  const turn = TURNS[orientation];
  if (!turn) return pixels;
  const turned = turn[0] === 0 ? pixels : await toPixels(openPixels(pixels).rotate(turn[0]));
  return turn[1] ? toPixels(openPixels(turned).flop()) : turned;
}

/** Each step is made from the one before it. */
async function shrink(srgb: Pixels, wide: Step['wide']): Promise<Step[]> {
  const steps: Step[] = [{ name: variantSizes[0].name, srgb, wide }];
  for (const { name, longestSide } of variantSizes.slice(1)) {
    const last = steps.at(-1)!;
    const smaller = (pixels: Pixels) => toPixels(scaledTo(openPixels(pixels), longestSide));
    const [srgb, pixels] = await Promise.all([smaller(last.srgb), last.wide && smaller(last.wide.pixels)]);
    steps.push({ name, srgb, wide: last.wide && pixels && { pixels, profile: last.wide.profile } });
  }
  return steps;
}

async function encodeWebp({ name, srgb, wide }: Step): Promise<Variant> {
  const pixels = wide?.pixels ?? srgb;
  const plain = await openPixels(pixels).webp(WEBP).toBuffer();
  return variant(name, 'webp', pixels, wide ? withProfile(plain, wide.profile, pixels) : plain);
}

async function encodeJpeg({ name, srgb }: Step): Promise<Variant> {
  const body = await openPixels(srgb).flatten({ background: '#ffffff' }).jpeg(JPEG).toBuffer();
  return variant(name, 'jpeg', srgb, body);
}

const variant = (
  name: SizeName,
  format: Variant['format'],
  { width, height }: Pixels,
  body: Buffer,
): Variant => ({ name, format, width, height, body });

async function summarize(thumb: Pixels): Promise<Pick<ProcessedImage, 'thumbhash' | 'dominantColor'>> {
  const { data, width, height } = await toPixels(scaledTo(openPixels(thumb), HASHED_SIDE).ensureAlpha());
  const hash = rgbaToThumbHash(width, height, data);
  return { thumbhash: Buffer.from(hash).toString('base64'), dominantColor: dominantColorOf(data) };
}
