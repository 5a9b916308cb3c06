import { foreignFormatOf, foreignNameOf } from './foreignFormats.ts';
import { brandsOf, text } from './sniffing.ts';

/** HEIC is among them; whether it is accepted depends on the installation. */
export const knownTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
] as const;
export type AcceptedType = (typeof knownTypes)[number];

export const isHeic = (type: AcceptedType) => type === 'image/heic' || type === 'image/heif';

export const acceptedTypesOf = (acceptsHeic: boolean): AcceptedType[] =>
  knownTypes.filter((type) => acceptsHeic || !isHeic(type));

/** Enough to recognise every accepted type. */
export const SNIFFED_BYTES = 256;

/** Other names of accepted types that browsers, phones and libraries declare. */
const ALIASES = new Map<string, AcceptedType>([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/jfif', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['image/apng', 'image/png'],
  ['image/avif-sequence', 'image/avif'],
  ['image/heic-sequence', 'image/heic'],
  ['image/heif-sequence', 'image/heif'],
]);

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);
const HEIF_BRANDS = new Set(['mif1', 'msf1']);

export type Recognised = { type: AcceptedType; fault: null } | { type: null; fault: string };

/** The type of a file by its first bytes, whatever it is called and declared as; `fault` says why it is not accepted. */
export function recognise(start: Buffer, acceptsHeic: boolean): Recognised {
  const type = imageTypeOf(start);
  return type ? accepted(type, acceptsHeic) : refused(foreignFormatOf(start), acceptsHeic);
}

/** The accepted type that a declaration means; `fault` says why it means none. What it declares is not believed later. */
export function recogniseDeclared(contentType: string, acceptsHeic: boolean): Recognised {
  const declared = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const type = ALIASES.get(declared) ?? knownTypes.find((known) => known === declared);
  return type ? accepted(type, acceptsHeic) : refused(foreignNameOf(declared), acceptsHeic);
}

const accepted = (type: AcceptedType, acceptsHeic: boolean): Recognised =>
  isHeic(type) && !acceptsHeic ? refused('HEIC', acceptsHeic) : { type, fault: null };

function imageTypeOf(start: Buffer): AcceptedType | null {
  if (start.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  if (start.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (text(start, 0) === 'RIFF' && text(start, 8) === 'WEBP' && text(start, 12).startsWith('VP8'))
    return 'image/webp';
  const brands = brandsOf(start);
  const has = (wanted: Set<string>) => brands.some((brand) => wanted.has(brand));
  if (has(HEIC_BRANDS)) return 'image/heic';
  if (has(AVIF_BRANDS)) return 'image/avif';
  return HEIF_BRANDS.has(brands[0]!) ? 'image/heif' : null;
}

function refused(name: string | null, acceptsHeic: boolean): Recognised {
  const asked = `send JPEG, PNG, ${acceptsHeic ? 'WebP, AVIF or HEIC' : 'WebP or AVIF'}`;
  if (name === 'empty') return { type: null, fault: 'The file is empty; choose another' };
  const fault = name === null ? 'This is not a photograph that can be read here' : `This is ${name}`;
  return { type: null, fault: `${fault}; ${asked}` };
}
