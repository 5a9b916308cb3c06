import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { expect, test } from 'vitest';
import { type ImageType, imageOf, type Media } from '../../sdk/src/index.ts';
import { thumbhashToDataUrl } from '../../sdk/src/thumbhash.ts';

const size = (name: Media['variants'][number]['name'], type: ImageType, width: number) => ({
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

test('a picture has each type once, the best first, and no width twice', () => {
  const twice = { ...size('xlarge', 'image/webp', 1600), url: 'https://ciel.example.org/large.webp' };
  const picture = imageOf(
    {
      ...media,
      thumbhash: null,
      dominantColor: '#6b7f99',
      variants: [...media.variants, twice, size('thumb', 'image/avif', 200)],
    },
    { sizes: '100vw' },
  );
  expect(picture).toEqual({
    sources: [
      { type: 'image/avif', srcSet: 'https://ciel.example.org/thumb.avif 200w', sizes: '100vw' },
      {
        type: 'image/webp',
        srcSet: 'https://ciel.example.org/thumb.webp 200w, https://ciel.example.org/large.webp 1600w',
        sizes: '100vw',
      },
      { type: 'image/jpeg', srcSet: 'https://ciel.example.org/medium.jpeg 800w', sizes: '100vw' },
    ],
    img: {
      src: 'https://ciel.example.org/medium.jpeg',
      srcSet: 'https://ciel.example.org/medium.jpeg 800w',
      width: 800,
      height: 400,
      alt: 'Snow',
      sizes: '100vw',
    },
    placeholder: { thumbhash: null, dominantColor: '#6b7f99' },
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
