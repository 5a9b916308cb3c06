import { brandsOf, text } from './sniffing.ts';

/** Formats that people send instead of an accepted one, with their first bytes in hexadecimal; dots stand for any. */
const BEGINNINGS: [name: string, beginning: string][] = [
  ['a GIF', '47494638'],
  ['a raw file', '49492a00........4352'],
  ['a raw file', '49495500'],
  ['a raw file', '4949524f'],
  ['a raw file', '46554a4946494c4d4343442d524157'],
  ['a TIFF or raw file', '49492a00'],
  ['a TIFF or raw file', '4d4d002a'],
  ['a TIFF', '49492b00'],
  ['a TIFF', '4d4d002b'],
  ['JPEG XR', '4949bc'],
  ['JPEG XL', 'ff0a'],
  ['JPEG XL', '0000000c4a584c20'],
  ['JPEG 2000', '0000000c6a502020'],
  ['JPEG 2000', 'ff4fff51'],
  ['a Photoshop file', '38425053'],
  ['an icon', '00000100'],
  ['a PDF', '25504446'],
  ['a video', '1a45dfa3'],
  ['a video', '52494646........41564920'],
  ['a video', '........6d6f6f76'],
  ['a video', '........6d646174'],
  ['a video', '........77696465'],
  ['a ZIP file', '504b0304'],
];

const OTHER_BRANDS = new Map([
  ['crx ', 'a raw file'],
  ['j2ki', 'JPEG 2000'],
  ['jpeg', 'HEIF without HEVC'],
  ['vvic', 'HEIF without HEVC'],
]);

/** What a file that is not accepted is, as part of a sentence; null when that is not known. */
export function foreignFormatOf(start: Buffer): string | null {
  if (start.length === 0) return 'empty';
  const brands = brandsOf(start);
  if (brands.length > 0) return OTHER_BRANDS.get(brands[0]!) ?? 'a video';
  const hex = start.toString('hex', 0, 16);
  const found = BEGINNINGS.find(([, beginning]) => new RegExp(`^${beginning}`).test(hex));
  if (found) return found[0];
  if (text(start, 0).startsWith('BM') && start.length > 10 && start.readUInt32LE(6) === 0) return 'a BMP';
  return textKindOf(start);
}

/** The first bytes may end within a character. */
function textKindOf(start: Buffer): string | null {
  const shown = start.toString('utf8').replace(/\ufffd{1,3}$/, '');
  const isText = !/(?![\t\n\f\r])\p{Cc}|\ufffd/u.test(shown);
  if (!isText) return null;
  return /<svg[\s>]/i.test(shown) ? 'an SVG' : 'a text file';
}

const NAMES = new Map([
  ['image/gif', 'a GIF'],
  ['image/tiff', 'a TIFF'],
  ['image/bmp', 'a BMP'],
  ['image/x-ms-bmp', 'a BMP'],
  ['image/svg+xml', 'an SVG'],
  ['image/jxl', 'JPEG XL'],
  ['image/jp2', 'JPEG 2000'],
  ['image/x-adobe-dng', 'a raw file'],
  ['application/pdf', 'a PDF'],
]);

/** The same for a declared type. */
export function foreignNameOf(contentType: string): string | null {
  if (contentType.startsWith('video/')) return 'a video';
  if (contentType.startsWith('text/')) return 'a text file';
  return NAMES.get(contentType) ?? null;
}
