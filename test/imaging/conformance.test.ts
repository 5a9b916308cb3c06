import { beforeAll, expect, test } from 'vitest';
import { cases } from './cases.ts';
import { examineAll, makeTable, type Outcome, writtenTable } from './conformance.ts';

const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  for (const [{ file }, outcome] of await examineAll()) outcomes.set(file, outcome);
}, 300_000);

test.each(cases)('$file ($says) becomes what it is', ({ file, colour, camera }) => {
  const outcome = outcomes.get(file)!;
  if (file.endsWith('.heic')) {
    expect(outcome.refusal).toContain('HEIC');
    return;
  }
  expect(outcome.refusal).toBeNull();
  expect(outcome.leaks).toEqual([]);
  expect(outcome.camera).toEqual(camera);
  if (colour === null) return;
  expect(outcome.webp).toBeLessThanOrEqual(2);
  expect(outcome.jpeg).toBeLessThanOrEqual(2);
});

test('the table in server/imaging/README.md is current: `npm run conformance -- --write`', async () => {
  const table = await makeTable(cases.map((one) => [one, outcomes.get(one.file)!]));
  expect(writtenTable()).toBe(table);
});
