import { expect, vi } from 'vitest';
import { cielAtTerminal, environmentOf } from '../support/commandLine.ts';
import { test } from '../support/fixtures.ts';
import { codeOf } from '../support/refusal.ts';
import type { Person, World } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let alice: Person;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
});

const ban = ['ban', 'alice', '--rule', 'No spam', '--reason', "Sells 'watches'"];
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

test.each([
  ['no', 'no\n', 1, 'ok'],
  ['nothing', '\n', 1, 'ok'],
  ['the end of the input', CTRL_D, 1, 'ok'],
  ['an interruption', CTRL_C, 130, 'ok'],
  ['yes', 'yes\n', 0, 'not_found'],
])('what can not be undone is asked about, and answered by %s', async (_, typed, code, seen) => {
  const ended = await cielAtTerminal(environmentOf(world), typed, ...ban);
  if (!ended) return;
  expect(ended.screen).toContain('Ban alice permanently? Type yes to continue: ');
  expect(ended.code).toBe(code);
  expect(await codeOf(world.anonymous.users.get({ userId: alice.id }))).toBe(seen);
});

test('long work shows its progress, and clears it at the end', async () => {
  const ended = await cielAtTerminal(environmentOf(world), '', 'recount');
  if (!ended) return;
  expect(ended.screen).toMatch(/█+░+ \d+\/\d+ postLikeCount/);
  expect(ended.screen.split('\x1b[K').at(-1)).toMatch(/^count +wrong/);
});
