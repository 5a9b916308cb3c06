import { describe, expect, test } from 'vitest';
import { ladderOf, sizeOf } from '../../server/imaging/ladder.ts';
import { MAX_SIDE, variantSizes } from '../../server/imaging/limits.ts';
import { seededRandom } from '../support/random.ts';

const [full, xlarge, large, medium, thumb] = variantSizes;

test.each([
  [full, 4032, 3024, 4032, 3024],
  [full, 6000, 4000, 4096, 2731],
  [large, 4032, 3024, 1600, 1200],
  [thumb, 4032, 3024, 200, 150],
  [thumb, 3024, 3024, 200, 200],
  [thumb, 6000, 4000, 212, 141],
  [thumb, 20_000, 1200, 707, 42],
  [medium, 20_000, 1200, 2828, 170],
  [large, 20_000, 1200, 5657, 339],
  [xlarge, 20_000, 1200, 6667, 400],
  [full, 20_000, 1200, 6667, 400],
  [large, 1080, 16_000, 360, 5333],
  [full, 1080, 16_000, 400, 5926],
  [full, 60_000, 1000, MAX_SIDE, 273],
])('%s of %i by %i is %i by %i', (step, width, height, wide, high) => {
  expect(sizeOf(step, { width, height })).toEqual({ width: wide, height: high });
});

test('steps that would be equal are one, by the smallest name', () => {
  const names = (width: number, height: number) => ladderOf({ width, height }).map(({ name }) => name);
  expect(names(8000, 6000)).toEqual(['full', 'xlarge', 'large', 'medium', 'thumb']);
  expect(names(2000, 1500)).toEqual(['xlarge', 'large', 'medium', 'thumb']);
  expect(names(320, 240)).toEqual(['medium', 'thumb']);
  expect(names(100, 100)).toEqual(['thumb']);
  expect(names(20_000, 1200)).toEqual(['xlarge', 'large', 'medium', 'thumb']);
});

describe('of any photo', () => {
  const random = seededRandom(20_261_130);
  const side = () => Math.max(1, Math.round(Math.exp(random() * Math.log(65_535))));
  const photos = Array.from({ length: 5000 }, () => ({ width: side(), height: side() }));

  test('the steps follow the formula', () => {
    for (const photo of photos)
      for (const step of variantSizes) {
        const [short, long] = [photo.width, photo.height].sort((a, b) => a - b) as [number, number];
        const area = step.name === 'full' ? 8_300_000 : 0.75 * step.longestSide ** 2;
        const longest = step.longestSide / long;
        const readable = Math.min(Math.sqrt(area / (short * long)), 400 / short);
        const scale = Math.min(1, MAX_SIDE / long, Math.max(longest, readable));
        const { width, height } = sizeOf(step, photo);
        expect(Math.abs(width - photo.width * scale)).toBeLessThanOrEqual(0.5 + (width === 1 ? 0.5 : 0));
        expect(Math.abs(height - photo.height * scale)).toBeLessThanOrEqual(0.5 + (height === 1 ? 0.5 : 0));
      }
  });

  test('the steps get smaller, are never enlarged, end with a thumb, and keep to the limits', () => {
    for (const photo of photos) {
      const ladder = ladderOf(photo);
      expect(ladder.at(-1)!.name).toBe('thumb');
      let last = { width: Math.min(photo.width, MAX_SIDE) + 1, height: Math.min(photo.height, MAX_SIDE) + 1 };
      for (const { width, height } of ladder) {
        expect(
          width <= last.width && height <= last.height && width + height < last.width + last.height,
        ).toBe(true);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(width * height).toBeLessThanOrEqual(4097 * 4097);
        last = { width, height };
      }
    }
  });

  test('turning the photo turns the steps', () => {
    for (const { width, height } of photos)
      expect(ladderOf({ width: height, height: width })).toEqual(
        ladderOf({ width, height }).map((step) => ({ ...step, width: step.height, height: step.width })),
      );
  });
});
