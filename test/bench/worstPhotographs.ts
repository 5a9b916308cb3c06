import sharp, { type Sharp } from 'sharp';
import { pixelLimits } from '../../server/imaging/limits.ts';
import { cases, readCase } from '../imaging/cases.ts';
import { gridOf, readHeicCase } from '../imaging/heifWriter.ts';
import { seededRandom } from '../support/random.ts';

/** Legal photographs that take the most memory, of their format and with these pixels. */
export const worstPhotographs: { name: string; make(): Promise<Buffer> | Buffer }[] = [
  { name: 'avif', make: () => readCase(cases.find(({ file }) => file.startsWith('01-'))!) },
  {
    name: 'deep-avif',
    make: () =>
      wide(pixelLimits.deepAvif)
        .avif({ ...AVIF, bitdepth: 12 })
        .withIccProfile('p3')
        .toBuffer(),
  },
  {
    name: 'baseline-jpeg',
    make: () => noise(pixelLimits.baselineJpeg).jpeg({ quality: 22 }).withIccProfile('p3').toBuffer(),
  },
  {
    name: 'progressive-jpeg',
    make: () =>
      noise(pixelLimits.progressiveJpeg)
        .jpeg({ quality: 50, progressive: true, chromaSubsampling: '4:4:4' })
        .toBuffer(),
  },
  {
    name: 'cmyk-jpeg',
    make: () =>
      smooth(50_000_000)
        .toColourspace('cmyk')
        .jpeg({ quality: 50, progressive: true, chromaSubsampling: '4:4:4' })
        .toBuffer(),
  },
  { name: 'png', make: () => wide(pixelLimits.png).png(PNG).withIccProfile('p3').toBuffer() },
  {
    name: 'interlaced-png',
    make: () =>
      wide(pixelLimits.interlacedPng, 4)
        .png({ ...PNG, progressive: true })
        .withIccProfile('p3')
        .toBuffer(),
  },
  { name: 'webp', make: () => noise(pixelLimits.webp).webp({ quality: 40, effort: 0 }).toBuffer() },
  {
    name: 'lossless-webp',
    make: () => smooth(pixelLimits.webp).webp({ lossless: true, effort: 0 }).toBuffer(),
  },
  // As many pixels as are accepted, and as much memory for the decoder.
  { name: 'heic', make: () => readHeicCase('26-64mp-grid.heic') },
  { name: 'deep-heic', make: () => gridOf('24-pq-10bit.heic', 21, 21) },
  // For comparison: what phones take.
  { name: 'ordinary-heic', make: () => gridOf('22-p3-nclx.heic', 12, 13) },
  { name: 'ordinary', make: () => noise(12_000_000).jpeg({ quality: 80 }).toBuffer() },
];

const AVIF = { quality: 30, effort: 0, chromaSubsampling: '4:4:4' } as const;
const PNG = { compressionLevel: 1 };
const TILE = 256;

/** Random values, so that nothing compresses well. */
function noise(pixels: number): Sharp {
  const random = seededRandom(13);
  const tile = Buffer.from(Array.from({ length: TILE * TILE * 3 }, () => Math.floor(random() * 256)));
  return blank(pixels)
    .composite([{ input: tile, raw: { width: TILE, height: TILE, channels: 3 }, tile: true }])
    .blur(1.5);
}

/** A gradient. */
function smooth(pixels: number): Sharp {
  const corners = Buffer.from([200, 40, 10, 20, 160, 90, 240, 230, 60, 10, 20, 180]);
  const side = Math.floor(Math.sqrt(pixels));
  const raw = { width: 2, height: 2, channels: 3 } as const;
  return sharp(corners, { raw }).resize(side, side, { fit: 'fill', kernel: 'cubic' });
}

/** 16 bits per channel. */
const wide = (pixels: number, channels = 3): Sharp =>
  (channels === 4 ? smooth(pixels).ensureAlpha(0.5) : smooth(pixels)).toColourspace('rgb16');

function blank(pixels: number): Sharp {
  const side = Math.floor(Math.sqrt(pixels));
  return sharp({
    create: { width: side, height: side, channels: 3, background: '#456' },
    limitInputPixels: false,
  });
}
