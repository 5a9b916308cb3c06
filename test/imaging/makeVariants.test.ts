import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeVariants, type VariantName } from '../../server/imaging/processImage.ts';
import { chatty, difference, displayP3, labelled, middleOf, plain, scene } from './corpus.ts';

const avif = (name: VariantName['name']): VariantName => ({ name, format: 'avif' });

const only = async (file: Buffer, name: VariantName['name']) =>
  (await makeVariants(file, 'image/jpeg', [avif(name)]))[0]!;

test('only what is wanted is made, and not what the photograph is too small for', async () => {
  const file = await scene(900, 600).jpeg().toBuffer();
  const wanted = [avif('full'), avif('large'), avif('thumb'), { name: 'medium', format: 'webp' } as const];
  const made = await makeVariants(file, 'image/jpeg', wanted);
  expect(made.map(({ name, format, width, height }) => `${name} ${format} ${width}x${height}`)).toEqual([
    'large avif 900x600',
    'medium webp 800x533',
    'thumb avif 212x141',
  ]);
  expect(await sharp(made[0]!.body).metadata()).toMatchObject({
    width: 900,
    height: 600,
    compression: 'av1',
  });
});

test.each([1, 3, 6, 8])('AVIF is upright, orientation %i', async (orientation) => {
  const file = await chatty('jpeg', { orientation });
  const upright = await sharp(file).autoOrient().png().toBuffer();
  const { body, width, height } = await only(file, 'medium');
  expect(await sharp(upright).metadata()).toMatchObject({ width, height });
  expect(await difference(body, upright)).toBeLessThan(6);
});

test('AVIF of a wide picture has 10 bits and its colours; of any other neither a profile nor more than 8', async () => {
  const profile = await displayP3();
  const file = labelled(await plain('#ff0000').jpeg({ quality: 100 }).toBuffer(), profile);
  const wide = (await only(file, 'thumb')).body;
  expect(await sharp(wide).metadata()).toMatchObject({ bitsPerSample: 10, hasProfile: true });
  expect(await middleOf(wide, { keepProfile: true })).toEqual([254, 0, 0].map((v) => expect.closeTo(v, -1)));
  expect((await sharp(wide).metadata()).icc!.toString('latin1')).not.toContain('hand');
  const narrow = (await only(await plain('#ff0000').jpeg({ quality: 100 }).toBuffer(), 'thumb')).body;
  expect(await sharp(narrow).metadata()).toMatchObject({ bitsPerSample: 8, hasProfile: false });
  expect(await middleOf(narrow)).toEqual([254, 0, 0].map((v) => expect.closeTo(v, -1)));
});
