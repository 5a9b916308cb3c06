import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readProfile } from '../../server/imaging/iccProfile.ts';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import { pngChunks } from '../../server/imaging/pngChunks.ts';
import { type KeptMetadata, stripMetadata } from '../../server/imaging/stripMetadata.ts';
import { foundByExiftool, hasExiftool } from '../support/exiftool.ts';
import {
  CANARY,
  chatty,
  difference,
  displayP3,
  encode,
  type Format,
  labelled,
  pngChunk,
  scene,
} from './corpus.ts';

const strip = (file: Buffer, type: AcceptedType, kept: Partial<KeptMetadata> = {}) =>
  stripMetadata(file, type, { orientation: 1, profile: null, ...kept });

const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];

describe.each(formats)('a stripped %s', (format) => {
  const type = `image/${format}` as const;

  test('is the same picture', async () => {
    const file = await chatty(format);
    const stripped = await strip(file, type);
    expect(await difference(stripped, file)).toBe(0);
  });

  test('says nothing of what the file said', async () => {
    const file = await chatty(format);
    expect(file.includes(CANARY)).toBe(true);
    expect((await sharp(file).metadata()).exif).toBeDefined();
    const stripped = await strip(file, type);
    expect(stripped.includes(CANARY)).toBe(false);
    expect(stripped.includes('Test One')).toBe(false);
    expect(await sharp(stripped).metadata()).not.toMatchObject({ xmp: expect.anything() });
  });

  test.skipIf(!hasExiftool)('gives exiftool nothing but what shows it', async () => {
    const file = await chatty(format);
    expect(await foundByExiftool(file)).not.toEqual([]);
    const profile = readProfile((await sharp(file).metadata()).icc, 'RGB ');
    expect(await foundByExiftool(await strip(file, type, { orientation: 6, profile }))).toEqual([]);
  });

  test.skipIf(format === 'avif').each([2, 3, 4, 5, 6, 7, 8])(
    'keeps which side is up, orientation %i',
    async (orientation) => {
      const file = await chatty(format, { orientation });
      expect((await sharp(file).metadata()).orientation).toBe(orientation);
      const stripped = await strip(file, type, { orientation });
      expect((await sharp(stripped).metadata()).orientation).toBe(orientation);
    },
  );

  test('stays as it is when it is stripped again', async () => {
    const stripped = await strip(await chatty(format), type);
    expect((await strip(stripped, type)).equals(stripped)).toBe(true);
  });

  test('never hangs and never grows however the file is cut off', async () => {
    const file = await chatty(format);
    for (let length = 0; length < file.length; length += 23) {
      const outcome = await outcomeOf(() => strip(file.subarray(0, length), type));
      if (outcome instanceof Buffer) expect(outcome.length).toBeLessThanOrEqual(length + 64);
      else expect(outcome).toBeInstanceOf(Error);
    }
  });
});

test('a stripped JPEG keeps scan by scan its picture, and its Adobe marker', async () => {
  const progressive = await scene().jpeg({ progressive: true }).toBuffer();
  expect(await difference(await strip(progressive, 'image/jpeg'), progressive)).toBe(0);
  const cmyk = await scene().toColourspace('cmyk').jpeg().toBuffer();
  expect(await difference(await strip(cmyk, 'image/jpeg'), cmyk)).toBe(0);
});

test.each(formats)('a stripped %s keeps what its colours mean and no word of its profile', async (format) => {
  const icc = await displayP3();
  const file =
    format === 'jpeg'
      ? labelled(await scene().jpeg().toBuffer(), icc)
      : await encode(scene().withIccProfile('p3'), format).toBuffer();
  const profile = readProfile((await sharp(file).metadata()).icc, 'RGB ');
  const stripped = await strip(file, `image/${format}`, { profile });
  expect(await difference(stripped, file)).toBeLessThan(0.02);
  const kept = (await sharp(stripped).metadata()).icc!;
  expect(icc.toString('latin1')).toContain('hand');
  expect(kept.toString('latin1')).not.toContain('hand');
  const bare = await strip(file, `image/${format}`);
  expect((await sharp(bare).metadata()).icc).toBeUndefined();
});

test('a stripped WebP keeps transparency, profile and animation', async () => {
  const still = await scene()
    .ensureAlpha(0.5)
    .withIccProfile('p3')
    .withExif({ IFD0: { Artist: CANARY } })
    .webp()
    .toBuffer();
  const frames = await Promise.all([1, 2].map((seed) => scene(64, 64, seed).png().toBuffer()));
  const animated = await sharp(frames, { join: { animated: true } })
    .withExif({ IFD0: { Artist: CANARY } })
    .webp({ delay: [100, 100] })
    .toBuffer();
  const profile = readProfile((await sharp(still).metadata()).icc, 'RGB ');
  const strippedStill = await strip(still, 'image/webp', { profile });
  const strippedAnimated = await strip(animated, 'image/webp');
  expect(await sharp(strippedStill).metadata()).toMatchObject({ hasAlpha: true, hasProfile: true });
  expect(await sharp(strippedAnimated, { animated: true }).metadata()).toMatchObject({ pages: 2 });
  expect([still, animated].map((file) => file.includes(CANARY))).toEqual([true, true]);
  expect([strippedStill, strippedAnimated].map((file) => file.includes(CANARY))).toEqual([false, false]);
});

describe('bytes that belong to nothing are cut', () => {
  test('behind the values of a PNG chunk, and behind compressed data in any number of chunks', async () => {
    const file = await scene().withMetadata({ density: 300 }).png().toBuffer();
    const withTail = (type: string, body: Buffer) =>
      pngChunk(type, Buffer.concat([body, Buffer.from(CANARY)]));
    const chunks = [...pngChunks(file)];
    const bodyOf = (type: string) => chunks.find((chunk) => chunk.type === type)!.body;
    const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
    const dirty = [
      ...[file.subarray(0, 8), pngChunk('IHDR', bodyOf('IHDR'))],
      ...[withTail('gAMA', Buffer.from([0, 0, 177, 143])), withTail('pHYs', bodyOf('pHYs'))],
      ...[pngChunk('IDAT', data.subarray(0, 999)), withTail('IDAT', data.subarray(999))],
      ...[pngChunk('IDAT', Buffer.from(CANARY)), withTail('IEND', Buffer.alloc(0))],
    ];
    const stripped = await strip(Buffer.concat(dirty), 'image/png');
    expect(stripped.includes(CANARY)).toBe(false);
    expect(await difference(stripped, file)).toBe(0);
    expect((await sharp(stripped).metadata()).density).toBe(300);
  });

  test('behind the data of the frames of an animated PNG', async () => {
    const file = await scene().png().toBuffer();
    const data = [...pngChunks(file)].filter(({ type }) => type === 'IDAT').map(({ body }) => body);
    const frame = Buffer.concat([Buffer.from([0, 0, 0, 1]), ...data, Buffer.from(CANARY)]);
    const end = file.length - 12;
    const animated = Buffer.concat([file.subarray(0, end), pngChunk('fdAT', frame), file.subarray(end)]);
    const stripped = await strip(animated, 'image/png');
    expect(stripped.includes(CANARY)).toBe(false);
    expect(stripped.includes(Buffer.concat(data))).toBe(true);
    expect(stripped.includes('fdAT')).toBe(true);
  });
});

async function outcomeOf(work: () => Promise<Buffer>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}
