import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CameraData } from '../../server/imaging/cameraData.ts';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import type { lights, Space } from './reference.ts';

const FOLDER = join(import.meta.dirname, 'cases');

/** A file that an implementation is likely to get wrong, and what is right. */
export interface Case {
  file: string;
  says: string;
  type: AcceptedType;
  /** What its values mean, and the space that the WebP has to be in; null where no formula says it. */
  colour: [light: keyof typeof lights, wide: Space] | null;
  camera: CameraData;
  /** A file with the same values, for a format that the reference does not read. */
  twin: string | null;
}

const kinds: Record<string, AcceptedType> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
};

const define = (
  file: string,
  says: string,
  colour: Case['colour'],
  { twin, ...camera }: CameraData & { twin?: string } = {},
): Case => ({
  twin: twin ?? null,
  file,
  says,
  type: kinds[file.split('.')[1]!]!,
  colour,
  camera,
});

const SRGB: Case['colour'] = ['srgb', 'srgb'];
const P3: Case['colour'] = ['p3', 'p3'];
const TWIN = { twin: '00-untagged.png' };

export const cases: Case[] = [
  define('00-untagged.jpg', 'no colour stated', SRGB),
  define('00-untagged.png', 'no colour stated', SRGB),
  define('00-srgb-nclx.avif', 'nclx: sRGB', SRGB),
  define('01-legal-32mp-p3.avif', '32 megapixels, ICC: Display P3', P3),
  define('02-p3-cicp.png', 'cICP: Display P3', P3),
  define('03-p3-nclx.avif', 'nclx: Display P3', P3),
  define('04-adobergb-r03.jpg', 'interoperability index R03: Adobe RGB', ['adobe', 'adobe']),
  define('05-gama-linear.png', 'gAMA: linear', ['linear', 'srgb']),
  define('06-hlg-bt2020.avif', 'nclx: BT.2100 HLG', ['hlg', 'p3']),
  define('06-pq-bt2020.avif', 'nclx: BT.2100 PQ', ['pq', 'p3']),
  define('07-animated.avif', 'an image sequence', SRGB, TWIN),
  define('08-no-eoi.jpg', 'without its last two bytes', SRGB),
  define('09-icc-identity.jpg', 'ICC with device names and bytes behind it', P3),
  define('09-icc-identity.png', 'ICC with device names and bytes behind it', P3),
  define('10-anmf-chunk.webp', 'animation with an unknown chunk in a frame', SRGB),
  define('11-idat-tail.png', 'bytes behind the compressed data', SRGB),
  define('13-p3-broken-signature.jpg', 'ICC without its signature', SRGB),
  define('14-cmyk-with-p3.jpg', 'CMYK with a profile for RGB', SRGB, { twin: '14-reference.png' }),
  define('15-exif3-utf8.jpg', 'EXIF 3.0 texts in UTF-8', SRGB, {
    make: 'Camera Co',
    model: 'Model X',
    lens: 'Voigtländer NOKTON 50mm F1.0',
    focalLength: '4.3 mm',
    aperture: 'f/0.95',
    exposureTime: '0.3 s',
    iso: '102400',
  }),
  define('16-panorama-20000x1200.jpg', 'a panorama', SRGB),
  define('17-tall-1080x16000.png', 'a tall screenshot', SRGB),
  define('18-iphone-like.heic', 'HEVC in HEIF', SRGB, TWIN),
  define('19-orientation-6.jpg', 'EXIF orientation 6', SRGB),
  define('20-p3-16bit.png', '16 bits, ICC: Display P3', P3),
  define('21-transparent.png', 'transparent', SRGB),
  define('22-p3-nclx.heic', 'nclx: Display P3', P3, TWIN),
  define('23-p3-icc-told.heic', 'ICC: Display P3, irot as EXIF orientation 6, EXIF, XMP', P3, {
    ...TWIN,
    make: 'Camera Co',
    model: 'Model H',
    aperture: 'f/1.78',
    exposureTime: '1/120 s',
    iso: '64',
  }),
  define('24-pq-10bit.heic', '10 bits, nclx: BT.2100 PQ', ['pq', 'p3'], TWIN),
  define('24-hlg-10bit.heic', '10 bits, nclx: BT.2100 HLG', ['hlg', 'p3'], TWIN),
  define('25-grid.heic', 'a grid of six tiles, nclx: Display P3', P3, TWIN),
  define('27-transparent.heic', 'transparent', SRGB, { twin: '21-transparent.png' }),
  define('28-p3-sequence-header.avif', 'Display P3 in the sequence header of AV1 only', P3),
  define('29-p3-narrow.png', 'cICP: Display P3 of narrow range', P3, TWIN),
  define(
    '30-iphone-whole.heic',
    'a grid as iPhones make it, with thumbnail, depth, gain map, maker notes',
    P3,
    {
      ...TWIN,
      make: 'Camera Co',
      model: 'Model H',
      aperture: 'f/1.78',
      exposureTime: '1/120 s',
      iso: '64',
    },
  ),
];

export const readCase = ({ file }: Pick<Case, 'file'>): Buffer => readFileSync(join(FOLDER, file));
