import type { Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Colour } from './colourOf.ts';
import { type OpenOptions, openPixels, type Pixels, toPixels } from './decoder.ts';
import { dominantColorOf } from './dominantColor.ts';
import { encodeAvif } from './encodeAvif.ts';
import { encodeGainMap, type GainMap, openGainMap } from './gainMap.ts';
import { withGainMap } from './gainMapJpeg.ts';
import type { AcceptedType } from './imageType.ts';
import { ladderOf, type Rung, type SizeName } from './ladder.ts';
import { type Rendered, renderColours } from './renderColours.ts';
import type { MetadataBlocks } from './rights.ts';
import { openSource, readMetadata } from './source.ts';
import { type KeptMetadata, stripMetadata } from './stripMetadata.ts';
import { TURNS } from './turns.ts';
import { damaged } from './unusableImage.ts';
import { withProfile } from './webpContainer.ts';

export const WEBP = { quality: 88, effort: 4 };
export const JPEG = { quality: 82, mozjpeg: true };
const HASHED_SIDE = 100;

/** One picture made from the photograph, upright and without metadata. */
export interface Variant {
  name: SizeName;
  format: 'webp' | 'jpeg' | 'avif';
  width: number;
  height: number;
  body: Buffer;
}

export interface ProcessedImage extends MetadataBlocks {
  /** Size of the upright original, in pixels. */
  width: number;
  height: number;
  /** EXIF orientation of the file, 1 when it has none. */
  orientation: number;
  colour: Colour;
  /** Whether the JPEG variants carry a gain map. */
  hasGainMap: boolean;
  variants: Variant[];
  /** Base64. */
  thumbhash: string;
  dominantColor: string;
}

/** Makes everything that is shown of a photograph at first. Throws UnusableImage when the file is not a usable picture. */
export async function processImage(uploaded: Buffer, type: AcceptedType): Promise<ProcessedImage> {
  const { image, steps, gainMap } = await render(uploaded, type);
  const variants: Variant[] = [];
  // One step after the other, because encoders take memory.
  for (const step of steps)
    variants.push(...(await Promise.all([encodeWebp(step), encodeJpeg(step, gainMap)])));
  return { ...image, hasGainMap: gainMap !== null, variants, ...(await summarize(steps.at(-1)!.srgb)) };
}

export type VariantName = Pick<Variant, 'name' | 'format'>;

/** Makes those of the wanted variants for which the photograph is large enough, one after the other. */
export async function makeVariants(
  file: Buffer,
  type: AcceptedType,
  wanted: VariantName[],
): Promise<Variant[]> {
  const { steps, gainMap } = await render(file, type);
  const variants: Variant[] = [];
  for (const step of steps)
    for (const { name, format } of wanted)
      if (name === step.name) variants.push(await encoders[format](step, gainMap));
  return variants;
}

/** The photograph in all its sizes, upright, the largest first. */
async function render(uploaded: Buffer, type: AcceptedType) {
  const { metadata, colour, open: openWhole } = await openSource(uploaded, type);
  const orientation = metadata.orientation ?? 1;
  const isTurned = orientation >= 5;
  const size = {
    width: isTurned ? metadata.height : metadata.width,
    height: isTurned ? metadata.width : metadata.height,
  };
  const ladder = ladderOf(size);
  const open = (options: OpenOptions) =>
    openWhole(options).resize({
      width: isTurned ? ladder[0]!.height : ladder[0]!.width,
      height: isTurned ? ladder[0]!.width : ladder[0]!.height,
      fit: 'fill',
    });
  const { srgb, wide } = await renderColours(open, colour, metadata);
  const steps = await shrink(ladder, {
    srgb: await shown(srgb, orientation),
    wide: wide && { ...wide, pixels: await shown(wide.pixels, orientation) },
  });
  const gainMap =
    type === 'image/jpeg' && colour.hdr === null
      ? await readGainMap(uploaded, { metadata, orientation, ladder, isWide: wide !== null })
      : null;
  const { exif, iptc, xmp } = metadata;
  return { image: { ...size, orientation, exif, iptc, xmp, colour }, steps, gainMap };
}

interface Shown {
  metadata: { width: number; height: number };
  orientation: number;
  ladder: Rung[];
  isWide: boolean;
}

/** Gains for each channel count in the colour space of the file, so they don't fit what has been converted to sRGB. */
async function readGainMap(file: Buffer, { metadata, orientation, ladder, isWide }: Shown) {
  const longestSide = Math.max(ladder[0]!.width, ladder[0]!.height);
  const found = await openGainMap(file, metadata, longestSide);
  if (!found || (isWide && !found.isGrey)) return null;
  return { ...found, pixels: await upright(found.pixels, orientation) };
}

/** The file without its metadata, still the same picture. */
export async function makeOriginal(
  file: Buffer,
  type: AcceptedType,
  { orientation, colour, width, height }: ProcessedImage,
): Promise<Buffer> {
  const original = await stripped(file, type, { orientation, profile: colour.kept });
  const metadata = await readMetadata(original, type);
  if (metadata.width * metadata.height !== width * height) throw damaged();
  return original;
}

async function stripped(file: Buffer, type: AcceptedType, kept: KeptMetadata): Promise<Buffer> {
  try {
    return await stripMetadata(file, type, kept);
  } catch (error) {
    throw error instanceof RangeError ? damaged() : error;
  }
}

interface Step extends Rendered {
  name: SizeName;
}

const scaledTo = (picture: Sharp, { width, height }: Pick<Rung, 'width' | 'height'>): Sharp =>
  picture.resize({ width, height, fit: 'fill' });

/** On white, so that all formats show the same picture on any background, and upright. */
async function shown(pixels: Pixels, orientation: number): Promise<Pixels> {
  if (pixels.channels === 3) return upright(pixels, orientation);
  return upright(await toPixels(openPixels(pixels).flatten({ background: '#ffffff' })), orientation);
}

/** Rotates after downscaling: rotating the original would hold all of it in memory. */
async function upright(pixels: Pixels, orientation: number): Promise<Pixels> {
  const turn = TURNS[orientation];
  if (!turn) return pixels;
  const turned = turn[0] === 0 ? pixels : await toPixels(openPixels(pixels).rotate(turn[0]));
  return turn[1] ? toPixels(openPixels(turned).flop()) : turned;
}

/** Each step is made from the smallest one that is at least twice as long, so that none is resampled to nearly its own size twice. */
async function shrink(ladder: Rung[], rendered: Rendered): Promise<Step[]> {
  const steps: Step[] = [{ name: ladder[0]!.name, ...rendered }];
  for (const rung of ladder.slice(1)) {
    const { srgb, wide } = steps.findLast((step) => step.srgb.width >= 2 * rung.width) ?? steps[0]!;
    const smaller = (pixels: Pixels) => toPixels(scaledTo(openPixels(pixels), rung));
    const [small, smallWide] = await Promise.all([smaller(srgb), wide && smaller(wide.pixels)]);
    steps.push({
      name: rung.name,
      srgb: small,
      wide: wide && smallWide && { pixels: smallWide, profile: wide.profile },
    });
  }
  return steps;
}

async function encodeWebp({ name, srgb, wide }: Step): Promise<Variant> {
  const pixels = wide?.pixels ?? srgb;
  const plain = await openPixels(pixels).webp(WEBP).toBuffer();
  return variant(name, 'webp', pixels, wide ? withProfile(plain, wide.profile, pixels) : plain);
}

async function encodeJpeg({ name, srgb }: Step, gainMap: GainMap | null): Promise<Variant> {
  const plain = await openPixels(srgb).jpeg(JPEG).toBuffer();
  const body = gainMap ? withGainMap(plain, await encodeGainMap(gainMap, srgb)) : plain;
  return variant(name, 'jpeg', srgb, body);
}

const encoders: Record<Variant['format'], (step: Step, gainMap: GainMap | null) => Promise<Variant>> = {
  webp: encodeWebp,
  jpeg: encodeJpeg,
  avif: async (step) => variant(step.name, 'avif', step.srgb, await encodeAvif(step)),
};

const variant = (
  name: SizeName,
  format: Variant['format'],
  { width, height }: Pixels,
  body: Buffer,
): Variant => ({ name, format, width, height, body });

async function summarize(thumb: Pixels): Promise<Pick<ProcessedImage, 'thumbhash' | 'dominantColor'>> {
  const { data, width, height } = await toPixels(
    openPixels(thumb)
      .resize({ width: HASHED_SIDE, height: HASHED_SIDE, fit: 'inside', withoutEnlargement: true })
      .ensureAlpha(),
  );
  const hash = rgbaToThumbHash(width, height, data);
  return { thumbhash: Buffer.from(hash).toString('base64'), dominantColor: dominantColorOf(data) };
}
