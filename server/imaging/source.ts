import type { Metadata, Sharp } from 'sharp';
import { type Colour, type ColourMetadata, colourOf } from './colourOf.ts';
import { decodeHeic } from './decodeHeic.ts';
import { type OpenOptions, openPixels, openUntrusted } from './decoder.ts';
import { decoding, reading, tooManyPixels } from './decoding.ts';
import { headerOf, pixelLimitOf } from './header.ts';
import { type HeicPlan, planHeic } from './heicPlan.ts';
import { type AcceptedType, isHeic } from './imageType.ts';
import { withEndOfImage } from './repairJpeg.ts';
import { withoutTracks } from './stillAvif.ts';
import { stripHeic } from './stripAvif.ts';
import { damaged } from './unusableImage.ts';

export type SourceMetadata = Pick<Metadata, 'width' | 'height' | 'orientation' | 'depth' | 'iptc' | 'xmp'> &
  ColourMetadata;

/** A file that can be decoded: all that the rest of this layer knows about its format. */
export interface Source {
  metadata: SourceMetadata;
  colour: Colour;
  /** Decodes when it is used, each time anew. */
  open(options: OpenOptions): Sharp;
}

/** One function for each format. One that sharp can't decode may return a Source over pixels that it has decoded otherwise. */
const openers: Record<AcceptedType, (file: Buffer) => Promise<Source>> = {
  'image/jpeg': (file) => {
    const repaired = reading(() => withEndOfImage(file));
    return withSharp(repaired ?? file, 'image/jpeg', { isStrict: repaired !== null });
  },
  'image/png': (file) => withSharp(file, 'image/png'),
  'image/webp': (file) => withSharp(file, 'image/webp'),
  'image/avif': (file) =>
    withSharp(
      reading(() => withoutTracks(file, 'avif')),
      'image/avif',
    ),
  'image/heic': async (file) => withLibheif(file),
  'image/heif': async (file) => withLibheif(file),
};

/** Throws UnusableImage when the file is not one of this type, or has more pixels than are accepted. */
export const openSource = async (file: Buffer, type: AcceptedType): Promise<Source> => openers[type](file);

async function withSharp(file: Buffer, type: AcceptedType, options: OpenOptions = {}): Promise<Source> {
  const metadata = await readMetadata(file, type);
  const colour = reading(() => colourOf(file, type, metadata));
  const maxPixels = pixelLimitOf(headerOf(file, type));
  return { metadata, colour, open: (more) => openUntrusted(file, { ...options, ...more, maxPixels }) };
}

/** Decodes at once, and only what will be kept: nothing but the picture itself. */
function withLibheif(file: Buffer): Source {
  const plan = reading(() => planHeic(file));
  const metadata = metadataOf(plan);
  const picture = reading(() => stripHeic(file, null));
  const { codes, ...pixels } = decodeHeic(picture, plan);
  const colour = reading(() => colourOf(file, 'image/heic', { ...metadata, codes }));
  return { metadata, colour, open: () => openPixels(pixels) };
}

const metadataOf = ({ crop, orientation, isDeep, icc, exif, xmp }: HeicPlan): SourceMetadata => ({
  width: crop.width,
  height: crop.height,
  orientation,
  depth: isDeep ? 'ushort' : 'uchar',
  space: 'srgb',
  icc,
  exif,
  xmp,
});

const FORMATS: Partial<Record<AcceptedType, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

/** As the decoder reads it, which has to agree with what we read. */
export async function readMetadata(file: Buffer, type: AcceptedType): Promise<SourceMetadata> {
  if (isHeic(type)) return metadataOf(reading(() => planHeic(file)));
  const maxPixels = pixelLimitOf(headerOf(file, type));
  const metadata = await decoding(() => openUntrusted(file, { maxPixels }).metadata());
  if (metadata.format !== FORMATS[type]) throw damaged();
  if (metadata.width * metadata.height > maxPixels) throw tooManyPixels(maxPixels);
  return metadata;
}
