import { foreignFormatOf, foreignNameOf } from './foreignFormats.ts';
import { brandsOf, text } from './sniffing.ts';

export const acceptedTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type AcceptedType = (typeof acceptedTypes)[number];

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
]);

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const AVIF_BRANDS = new Set(['avif', 'avis']);

export type Recognised = { type: AcceptedType; fault: null } | { type: null; fault: string };

/** The type of a file by its first bytes, whatever it is called and declared as; `fault` says for people why it is not accepted. */
export function recognise(start: Buffer): Recognised {
  const type = imageTypeOf(start);
  return type ? { type, fault: null } : { type: null, fault: refusal(foreignFormatOf(start)) };
}

/** The accepted type that a declaration means; `fault` says for people why it means none. What it declares is not believed later. */
export function recogniseDeclared(contentType: string): Recognised {
  const declared = contentType.split(';', 1)[0]!.trim().toLowerCase();
  const type = ALIASES.get(declared) ?? acceptedTypes.find((accepted) => accepted === declared);
  return type ? { type, fault: null } : { type: null, fault: refusal(foreignNameOf(declared)) };
}

function imageTypeOf(start: Buffer): AcceptedType | null {
  if (start.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  if (start.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (text(start, 0) === 'RIFF' && text(start, 8) === 'WEBP' && text(start, 12).startsWith('VP8'))
    return 'image/webp';
  const isAvif = foreignFormatOf(start) === null && brandsOf(start).some((brand) => AVIF_BRANDS.has(brand));
  return isAvif ? 'image/avif' : null;
}

const ASKED = 'send JPEG, PNG, WebP or AVIF';

function refusal(name: string | null): string {
  if (name === null) return `This is not a photograph that can be read here; ${ASKED}`;
  return name === 'empty' ? 'The file is empty; choose another' : `This is ${name}; ${ASKED}`;
}
