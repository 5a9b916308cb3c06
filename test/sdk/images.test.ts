import { expect, test } from 'vitest';
import { imageOf } from '../../sdk/src/index.ts';

const size = (name: 'thumb' | 'medium' | 'large', type: 'image/webp' | 'image/jpeg', width: number) => ({
  name,
  url: `https://ciel.example.org/${name}.${type.slice(6)}`,
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

test('a photograph is shown by its largest copy, and the browser is told of all', () => {
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
