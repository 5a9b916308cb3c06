import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { expect, test } from 'vitest';
import { imageOf } from '../../sdk/src/index.ts';
import { thumbhashToDataUrl } from '../../sdk/src/thumbhash.ts';

const size = (name: 'thumb' | 'medium' | 'large', type: 'image/webp' | 'image/jpeg', width: number) => ({
  name,
  url: `https://ciel.example.org/${name}.${type.slice(6)}`,
  expiresAt: null,
  width,
  height: width / 2,
  bytes: width,
  type,
});

const media = {
  altText: 'Snow',
  variants: [
    size('large', 'image/webp', 1600),
    size('thumb', 'image/webp', 200),
    size('medium', 'image/jpeg', 800),
  ],
};

test('a photograph is shown by its largest variant, and the browser knows all of them', () => {
  expect(imageOf(media)).toEqual({
    src: 'https://ciel.example.org/large.webp',
    srcSet: 'https://ciel.example.org/thumb.webp 200w, https://ciel.example.org/large.webp 1600w',
    width: 1600,
    height: 800,
    alt: 'Snow',
  });
  expect(imageOf(media, 'image/jpeg')).toMatchObject({
    src: 'https://ciel.example.org/medium.jpeg',
    width: 800,
  });
});

test('a photograph that is not ready has no image', () => {
  expect(imageOf({ altText: '', variants: [] })).toBeNull();
});

test('a thumbhash is a small image of about the same colour', async () => {
  const rgba = Array.from({ length: 40 * 20 }, () => [200, 60, 30, 255]).flat();
  const thumbhash = Buffer.from(rgbaToThumbHash(40, 20, rgba)).toString('base64');
  const url = thumbhashToDataUrl(thumbhash)!;
  const image = sharp(Buffer.from(url.replace('data:image/png;base64,', ''), 'base64'));
  const { dominant } = await image.stats();
  const { width, height } = await image.metadata();
  expect(width / height).toBeCloseTo(2, 0);
  expect(dominant.r).toBeGreaterThan(150);
  expect(dominant.b).toBeLessThan(80);
  expect(thumbhashToDataUrl(thumbhash)).toBe(url);
  expect(thumbhashToDataUrl(null)).toBeUndefined();
});
