export const acceptedTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type AcceptedType = (typeof acceptedTypes)[number];

/** Enough to recognise every accepted type. */
export const SNIFFED_BYTES = 256;

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);

/** The type that the first bytes show, ignoring names and declared types; null when it is not an accepted one. */
function imageTypeOf(start: Buffer): AcceptedType | null {
  if (start.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  if (start.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (text(start, 0) === 'RIFF' && text(start, 8) === 'WEBP' && text(start, 12).startsWith('VP8'))
    return 'image/webp';
  const brands = brandsOf(start);
  return brands.some((brand) => AVIF_BRANDS.has(brand)) && !brands.some((brand) => HEIC_BRANDS.has(brand))
    ? 'image/avif'
    : null;
}

/** Says, for people, how the first bytes contradict the declared type; null when they match it. */
export function findContentFault(start: Buffer, contentType: string): string | null {
  const actual = imageTypeOf(start);
  if (actual === null) return refusalOf(start);
  return actual === contentType ? null : `The file is ${actual}, but ${contentType} was declared`;
}

/** Says, for people, why the file is not accepted. */
const refusalOf = (start: Buffer): string =>
  brandsOf(start).some((brand) => HEIC_BRANDS.has(brand))
    ? "The file is a HEIC image, which can't be decoded here; send it as JPEG"
    : 'The file is not a JPEG, PNG, WebP or AVIF image';

/** Major and compatible brands of an ISO media file (ISO/IEC 14496-12, box `ftyp`). */
function brandsOf(start: Buffer): string[] {
  if (start.length < 16 || text(start, 4) !== 'ftyp') return [];
  const end = Math.min(start.readUInt32BE(0), start.length - 3);
  const brands = [text(start, 8)];
  for (let at = 16; at < end; at += 4) brands.push(text(start, at));
  return brands;
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4);
