import { beforeAll, expect, test } from 'vitest';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import { cases as allCases } from './cases.ts';
import { examineAll, makeTable, type Outcome, writtenTable } from './conformance.ts';

const isDecoded = (file: string) => isHeicAvailable || !file.includes('.heic');
const cases = allCases.filter(({ file }) => isDecoded(file));
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  for (const [{ file }, outcome] of await examineAll(cases)) outcomes.set(file, outcome);
}, 300_000);

test.each(cases)('$file ($says) becomes what it is', ({ file, colour, camera }) => {
  const outcome = outcomes.get(file)!;
  expect(outcome.refusal).toBeNull();
  expect(outcome.leaks).toEqual([]);
  expect(outcome.camera).toEqual(camera);
  if (colour === null) return;
  expect(outcome.webp).toBeLessThanOrEqual(2);
  expect(outcome.jpeg).toBeLessThanOrEqual(2);
});

test('the table in server/imaging/README.md is current: `npm run conformance -- --write`', async () => {
  const table = await makeTable(cases.map((one) => [one, outcomes.get(one.file)!]));
  expect(writtenTable().split('\n').filter(isDecoded).join('\n')).toBe(table);
});
