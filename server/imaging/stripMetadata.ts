import { type Profile, writeClean } from './iccProfile.ts';
import { type AcceptedType, isHeic } from './imageType.ts';
import { stripAvif, stripHeic } from './stripAvif.ts';
import { stripJpeg } from './stripJpeg.ts';
import { stripPng } from './stripPng.ts';
import { stripWebp } from './webpContainer.ts';

/** What the stripped file still says. */
export interface KeptMetadata {
  /** EXIF orientation, 1 to 8. */
  orientation: number;
  /** The colour profile that is written anew into the place of the one in the file; null leaves none. */
  profile: Profile | null;
}

/**
 * The same picture, bit for bit, without its metadata, without bytes hidden between its parts or appended to its end. Keeps what
 * decoding needs and what the colours mean.
 */
export async function stripMetadata(
  file: Buffer,
  type: AcceptedType,
  { orientation, profile }: KeptMetadata,
): Promise<Buffer> {
  if (type === 'image/avif') return stripAvif(file, profile);
  if (isHeic(type)) return stripHeic(file, profile);
  const exif = orientation > 1 ? orientationExif(orientation) : null;
  const icc = profile && writeClean(profile);
  if (type === 'image/jpeg') return stripJpeg(file, exif, icc);
  return type === 'image/png' ? stripPng(file, exif, icc) : stripWebp(file, exif, icc);
}

/** A TIFF structure with one entry: Orientation (0x0112), SHORT. */
function orientationExif(orientation: number): Buffer {
  return Buffer.from(`49492a0008000000010012010300010000000${orientation}00000000000000`, 'hex');
}
