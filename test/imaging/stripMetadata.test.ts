import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { stripMetadata } from '../../server/imaging/stripMetadata.ts';
import { foundByExiftool, hasExiftool } from '../support/exiftool.ts';
import { CANARY, chatty, difference, displayP3, encode, type Format, labelled, scene } from './corpus.ts';

const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];

describe.each(formats)('a stripped %s', (format) => {
  const type = `image/${format}` as const;

  test('is the same picture', async () => {
    const file = await chatty(format);
    const stripped = stripMetadata(file, type, 1);
    expect(await difference(stripped, file)).toBe(0);
  });

  test('says nothing of what the file said', async () => {
    const file = await chatty(format);
    expect(file.includes(CANARY)).toBe(true);
    expect((await sharp(file).metadata()).exif).toBeDefined();
    const stripped = stripMetadata(file, type, 1);
    expect(stripped.includes(CANARY)).toBe(false);
    expect(stripped.includes('Test One')).toBe(false);
    expect(await sharp(stripped).metadata()).not.toMatchObject({ xmp: expect.anything() });
  });

  test.skipIf(!hasExiftool)('gives exiftool nothing but what shows it', async () => {
    expect(await foundByExiftool(await chatty(format))).not.toEqual([]);
    expect(await foundByExiftool(stripMetadata(await chatty(format), type, 6))).toEqual([]);
  });

  test.skipIf(format === 'avif').each([2, 3, 4, 5, 6, 7, 8])(
    'keeps which side is up, orientation %i',
    async (orientation) => {
      const file = await chatty(format, { orientation });
      expect((await sharp(file).metadata()).orientation).toBe(orientation);
      const stripped = stripMetadata(file, type, orientation);
      expect((await sharp(stripped).metadata()).orientation).toBe(orientation);
    },
  );

  test('stays as it is when it is stripped again', async () => {
    const stripped = stripMetadata(await chatty(format), type, 1);
    expect(stripMetadata(stripped, type, 1).equals(stripped)).toBe(true);
  });

  test('never hangs and never grows however the file is cut off', async () => {
    const file = await chatty(format);
    for (let length = 0; length < file.length; length += 23) {
      const outcome = outcomeOf(() => stripMetadata(file.subarray(0, length), type, 1));
      if (outcome instanceof Buffer) expect(outcome.length).toBeLessThanOrEqual(length + 64);
      else expect(outcome).toBeInstanceOf(Error);
    }
  });
});

test('a stripped JPEG keeps its colour profile, scan by scan its picture, and its Adobe marker', async () => {
  const profile = await displayP3();
  const progressive = await scene().jpeg({ progressive: true }).toBuffer();
  const file = labelled(progressive, profile);
  const stripped = stripMetadata(file, 'image/jpeg', 1);
  expect((await sharp(stripped).metadata()).icc?.equals(profile)).toBe(true);
  expect(await difference(stripped, file)).toBe(0);

  const cmyk = await scene().toColourspace('cmyk').jpeg().toBuffer();
  expect(await difference(stripMetadata(cmyk, 'image/jpeg', 1), cmyk)).toBe(0);
});

test('a stripped PNG keeps its colour profile without the name of it', async () => {
  const file = await encode(scene().withIccProfile('p3'), 'png').toBuffer();
  const stripped = stripMetadata(file, 'image/png', 1);
  expect(await difference(stripped, file)).toBe(0);
  expect((await sharp(stripped).metadata()).icc).toEqual((await sharp(file).metadata()).icc);
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
  const strippedStill = stripMetadata(still, 'image/webp', 1);
  const strippedAnimated = stripMetadata(animated, 'image/webp', 1);
  expect(await sharp(strippedStill).metadata()).toMatchObject({ hasAlpha: true, hasProfile: true });
  expect(await sharp(strippedAnimated, { animated: true }).metadata()).toMatchObject({ pages: 2 });
  expect([still, animated].map((file) => file.includes(CANARY))).toEqual([true, true]);
  expect([strippedStill, strippedAnimated].map((file) => file.includes(CANARY))).toEqual([false, false]);
});

function outcomeOf(work: () => Buffer): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
