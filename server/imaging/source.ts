import type { Metadata, Sharp } from 'sharp';
import { type Colour, colourOf } from './colourOf.ts';
import { type OpenOptions, openUntrusted } from './decoder.ts';
import { decoding, reading, tooManyPixels } from './decoding.ts';
import { headerOf, pixelLimitOf } from './header.ts';
import type { AcceptedType } from './imageType.ts';
import { withEndOfImage } from './repairJpeg.ts';
import { withoutTracks } from './stillAvif.ts';
import { damaged } from './unusableImage.ts';

/** A file that can be decoded: all that the rest of this layer knows about its format. */
export interface Source {
  metadata: Metadata;
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
      reading(() => withoutTracks(file)),
      'image/avif',
    ),
};

/** Throws UnusableImage when the file is not one of this type, or has more pixels than are accepted. */
export const openSource = async (file: Buffer, type: AcceptedType): Promise<Source> => openers[type](file);

async function withSharp(file: Buffer, type: AcceptedType, options: OpenOptions = {}): Promise<Source> {
  const metadata = await readMetadata(file, type);
  const colour = reading(() => colourOf(file, type, metadata));
  const maxPixels = pixelLimitOf(headerOf(file, type));
  return { metadata, colour, open: (more) => openUntrusted(file, { ...options, ...more, maxPixels }) };
}

const FORMATS: Record<AcceptedType, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

/** As the decoder reads it, which has to agree with what we read. */
export async function readMetadata(file: Buffer, type: AcceptedType): Promise<Metadata> {
  const maxPixels = pixelLimitOf(headerOf(file, type));
  const metadata = await decoding(() => openUntrusted(file, { maxPixels }).metadata());
  if (metadata.format !== FORMATS[type]) throw damaged();
  if (metadata.width * metadata.height > maxPixels) throw tooManyPixels(maxPixels);
  return metadata;
}
