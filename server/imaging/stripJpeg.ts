import { APP1, APP2, END_OF_IMAGE, jpegSegments, writeSegment } from './jpegSegments.ts';

const ICC = Buffer.from('ICC_PROFILE\0', 'latin1');
const MAX_PROFILE_PART = 65_519;

/** The segments that show the picture. `profile` takes the place of the one in the file. */
export function stripJpeg(file: Buffer, exif: Buffer | null, profile: Buffer | null): Buffer {
  const kept = [file.subarray(0, 2)];
  if (exif) kept.push(writeSegment(APP1, Buffer.concat([Buffer.from('Exif\0\0'), exif])));
  if (profile) kept.push(...profileSegments(profile));
  for (const { marker, body, scan } of jpegSegments(file)) {
    const part = keptBody(marker, body);
    if (part) kept.push(writeSegment(marker, part));
    if (scan.length > 0) kept.push(scan);
  }
  return Buffer.concat([...kept, Buffer.from([0xff, END_OF_IMAGE])]);
}

/** The part of a segment that is kept; null drops the segment. */
function keptBody(marker: number, body: Buffer): Buffer | null {
  const startsWith = (text: string) => body.toString('latin1', 0, text.length) === text;
  if (marker === 0xe0) return startsWith('JFIF\0') && body.length >= 14 ? withoutThumbnail(body) : null;
  if (marker === 0xee) return startsWith('Adobe') ? body.subarray(0, 12) : null;
  const isTableOrFrame = marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8;
  return isTableOrFrame ? body : null;
}

const withoutThumbnail = (jfif: Buffer) => Buffer.concat([jfif.subarray(0, 12), Buffer.alloc(2)]);

/** A profile is numbered parts (ICC.1:2022, annex B.4). */
function profileSegments(profile: Buffer): Buffer[] {
  const count = Math.ceil(profile.length / MAX_PROFILE_PART);
  return Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(i * MAX_PROFILE_PART, (i + 1) * MAX_PROFILE_PART);
    return writeSegment(APP2, Buffer.concat([ICC, Buffer.from([i + 1, count]), part]));
  });
}
