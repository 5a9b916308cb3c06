import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { headerOf } from '../../server/imaging/header.ts';
import { pixelLimits } from '../../server/imaging/limits.ts';
import { memoryOf } from '../../server/imaging/memory.ts';
import { UnusableImage } from '../../server/imaging/unusableImage.ts';
import { cases, readCase } from './cases.ts';
import { scene } from './corpus.ts';

const size = { width: 320, height: 240 };
const deep = () => scene().toColourspace('rgb16');

test.for<[string, () => Promise<Buffer>, object]>([
  ['baseline JPEG', () => scene().jpeg().toBuffer(), { kind: 'baselineJpeg', heldBytes: 0 }],
  [
    'progressive JPEG',
    () => scene().jpeg({ progressive: true }).toBuffer(),
    { kind: 'progressiveJpeg', heldBytes: 3 },
  ],
  [
    'progressive JPEG in full resolution',
    () => scene().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    { kind: 'progressiveJpeg', heldBytes: 6 },
  ],
  ['PNG', () => scene().png().toBuffer(), { kind: 'png', heldBytes: 0, isDeep: false }],
  ['PNG of 16 bits', () => deep().png().toBuffer(), { kind: 'png', heldBytes: 0, isDeep: true }],
  [
    'interlaced PNG of 16 bits',
    () => deep().png({ progressive: true }).toBuffer(),
    { kind: 'interlacedPng', heldBytes: 6, isDeep: true },
  ],
  ['WebP', () => scene().webp().toBuffer(), { kind: 'webp', heldBytes: 0 }],
  [
    'WebP with a profile',
    () => scene().webp().withIccProfile('p3').toBuffer(),
    { kind: 'webp', heldBytes: 0 },
  ],
  ['lossless WebP', () => scene().webp({ lossless: true }).toBuffer(), { kind: 'webp', heldBytes: 4 }],
  [
    'lossless WebP with a profile',
    () => scene().webp({ lossless: true }).withIccProfile('p3').toBuffer(),
    { kind: 'webp', heldBytes: 4 },
  ],
  ['AVIF', () => scene().avif({ effort: 0, bitdepth: 8 }).toBuffer(), { kind: 'avif', isDeep: false }],
  [
    'AVIF of 10 bits',
    () => scene().avif({ effort: 0, bitdepth: 10 }).toBuffer(),
    { kind: 'deepAvif', isDeep: true },
  ],
])('the head of a %s says how it is decoded', async ([format, make, expected]) => {
  const type = format.includes('JPEG')
    ? 'jpeg'
    : format.includes('PNG')
      ? 'png'
      : format.includes('WebP')
        ? 'webp'
        : 'avif';
  expect(headerOf(await make(), `image/${type}`)).toMatchObject({ ...size, ...expected });
});

test('a JPEG with a scan for each colour is held whole, as a progressive one is', async () => {
  const file = await scene().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
  const scan = file.indexOf(Buffer.from('ffda', 'hex'));
  const oneColour = Buffer.from('ffda0008010100003f00', 'hex');
  const several = Buffer.concat([file.subarray(0, scan), oneColour, file.subarray(scan)]);
  expect(headerOf(several, 'image/jpeg')).toMatchObject({ kind: 'progressiveJpeg', heldBytes: 6 });
});

test.each(cases.filter(({ file }) => !file.endsWith('.heic')))(
  'the head of $file says its size',
  async (one) => {
    const file = readCase(one);
    const { width, height } = headerOf(file, one.type);
    // Without its tracks an animation is another size to the decoder.
    if (one.file === '07-animated.avif') return;
    expect(await sharp(file).metadata()).toMatchObject({ width, height });
  },
);

describe('a picture', () => {
  const jpegOf = async (width: number, height: number, progressive: boolean, chromaSubsampling: string) => {
    const file = await scene().jpeg({ progressive, chromaSubsampling }).toBuffer();
    const frame = file.indexOf(Buffer.from(progressive ? 'ffc2' : 'ffc0', 'hex'));
    file.writeUInt16BE(height, frame + 5);
    file.writeUInt16BE(width, frame + 7);
    return file;
  };
  const limitOf = (file: Buffer) => {
    try {
      headerOf(file, 'image/jpeg');
      return null;
    } catch (error) {
      return (error as UnusableImage).message;
    }
  };

  test('of up to 250 megapixels is accepted as a baseline JPEG', async () => {
    expect(limitOf(await jpegOf(20_000, 12_500, false, '4:2:0'))).toBeNull();
    expect(limitOf(await jpegOf(20_000, 12_501, false, '4:2:0'))).toContain('250 megapixels');
  });

  test('of up to 64 megapixels as a progressive one', async () => {
    expect(limitOf(await jpegOf(8_000, 8_000, true, '4:4:4'))).toBeNull();
    expect(limitOf(await jpegOf(8_000, 8_001, true, '4:2:0'))).toContain('64 megapixels');
  });

  test('is expected to take less than the program may, in each encoding at its limit', () => {
    const mostHeld = { progressiveJpeg: 6, interlacedPng: 8, webp: 4, avif: 17, deepAvif: 20 };
    for (const [kind, heldBytes] of Object.entries(mostHeld)) {
      const header = { width: pixelLimits[kind as 'webp'], height: 1, heldBytes, isDeep: kind !== 'webp' };
      expect(memoryOf({ ...header, kind: kind as 'webp' }, 1_000_000), kind).toBeLessThan(700_000_000);
    }
  });
});

test('a head that was made to waste time is refused at once', () => {
  const segments = Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    Buffer.alloc(40_000_000, Buffer.from('ffe00002', 'hex')),
  ]);
  const boxes = Buffer.alloc(40_000_000, Buffer.from('0000000866726565', 'hex'));
  const file = Buffer.concat([
    Buffer.from('0000001066747970617669660000000066726565', 'hex').subarray(0, 16),
    boxes,
  ]);
  expect(() => headerOf(segments, 'image/jpeg')).toThrow(UnusableImage);
  expect(() => headerOf(file, 'image/avif')).toThrow(UnusableImage);
});
