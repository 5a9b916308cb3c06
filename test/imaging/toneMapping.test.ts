import { expect, test } from 'vitest';
import { DIFFUSE_WHITE, fromPq, toneMap, toPq } from '../../server/imaging/toneMapping.ts';

test('the perceptual quantizer has the values of the standard', () => {
  expect(fromPq(0)).toBe(0);
  expect(fromPq(1)).toBeCloseTo(10_000, 6);
  expect(toPq(100)).toBeCloseTo(0.508, 3);
  expect(toPq(203)).toBeCloseTo(0.581, 3);
  for (const light of [0.01, 1, 50, 203, 1000, 4000]) expect(fromPq(toPq(light))).toBeCloseTo(light, 6);
});

test.each([400, 1000, 4000, 10_000])('light up to %i cd/m² fits below diffuse white', (peak) => {
  expect(toneMap(peak, peak)).toBeCloseTo(DIFFUSE_WHITE, 3);
  expect(toneMap(peak * 2, peak)).toBeCloseTo(DIFFUSE_WHITE, 3);
  const steps = Array.from({ length: 200 }, (_, i) => toneMap((peak * i) / 199, peak));
  expect(steps.every((value, i) => i === 0 || value >= steps[i - 1]!)).toBe(true);
});

test('what is dark stays, what is white stays bright, and without high lights nothing changes', () => {
  for (const light of [0.1, 1, 10]) expect(toneMap(light, 4000)).toBe(light);
  expect(toneMap(DIFFUSE_WHITE, 1000)).toBeGreaterThan(DIFFUSE_WHITE * 0.7);
  for (const light of [1, 100, 200]) expect(toneMap(light, DIFFUSE_WHITE)).toBe(light);
  expect(toneMap(150, 120)).toBe(150);
});
