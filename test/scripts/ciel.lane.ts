import { randomUUID } from 'node:crypto';
import { describe, expect, vi } from 'vitest';
import { commands } from '../../server/scripts/commands/table.ts';
import { ciel, environmentOf } from '../support/commandLine.ts';
import { test } from '../support/fixtures.ts';
import type { World } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let run: (...args: string[]) => ReturnType<typeof ciel>;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
  const environment = environmentOf(world);
  run = (...args) => ciel(environment, ...args);
});

const why = ['--rule', 'No spam', '--reason', 'Sells watches'];

describe('the help', () => {
  test('lists every command, on standard output', async () => {
    const [asked, named] = await Promise.all([run('--help'), run('help')]);
    expect(asked).toEqual(named);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    for (const { name, says } of commands)
      expect(asked.stdout).toMatch(new RegExp(`^  ${name} +${says}$`, 'm'));
  });

  test('of a command shows its arguments, options and examples, and needs no database', async () => {
    const { code, stdout } = await ciel({ DATABASE_URL: 'mysql://nowhere' }, 'help', 'ban');
    expect(code).toBe(0);
    for (const part of ['<person>', '--rule TEXT', '--hours N', '--yes', 'ban mallory'])
      expect(stdout).toContain(part);
    expect((await ciel({}, 'ban', '-h')).stdout).toBe(stdout);
  });

  test('every example is a call of its command', () => {
    for (const { name, examples } of commands) {
      expect(examples.length, name).toBeGreaterThan(0);
      for (const example of examples) expect(example.split(' ')[0]).toBe(name);
    }
  });
});

describe('wrong usage exits with 2 and changes nothing', () => {
  const id = randomUUID();
  test.each([
    ['no command', [], 'Name a command'],
    ['an unknown command', ['bann'], 'Unknown command "bann": did you mean ban?'],
    ['help of an unknown command', ['help', 'fly'], 'Unknown command "fly"'],
    ['a missing argument', ['verify'], '<person> is missing: a current or former handle, or a user id'],
    ['one argument too many', ['verify', 'alice', 'bob'], '"bob" is an unexpected argument'],
    [
      'a missing option',
      ['ban', 'alice', '--rule', 'No spam'],
      '--reason is missing: the reason, shown to the user',
    ],
    ['an unknown option', ['cases', '--all'], "Unknown option '--all'"],
    ['an option without its value', ['cases', '--limit'], "Option '--limit <value>' argument missing"],
    ['no number', ['cases', '--limit', '-1'], "Option '--limit' argument is ambiguous"],
    ['half a number', ['cases', '--limit', '1.5'], '--limit must be a whole number'],
    ['a number out of range', ['cases', '--limit', '0'], 'limit: must be at least 1'],
    ['a status that is none', ['cases', '--status', 'closed'], 'status: must be one of open'],
    ['an id that is none', ['case', 'x'], 'caseId: must be a UUID'],
    ['a handle that can be none', ['verify', 'al ice'], 'handle: may only contain letters a to z'],
    ['a thing that is none', ['takedown', 'like', id, ...why, '--yes'], '"like" cannot be taken down'],
    ['nothing of a user', ['takedown', 'user', id, ...why, '--yes'], '--fields is missing'],
    ['fields of a post', ['takedown', 'post', id, '--fields', 'bio', ...why, '--yes'], 'only for users'],
    [
      'a field that is none',
      ['takedown', 'user', id, '--fields', 'age', ...why, '--yes'],
      'fields.0: must be',
    ],
    [
      'photographs of a comment',
      ['takedown', 'comment', id, '--photos', id, ...why, '--yes'],
      'only for posts',
    ],
    ['an empty reason', ['unban', id, '--reason', ' '], 'reason: must not be empty'],
    [
      'an operator without a name',
      ['cases', '--as', ''],
      '--as must have 1 to 64 printable ASCII characters',
    ],
    [
      'an operator with a line in it',
      ['cases', '--as', 'zoe\nyan'],
      '--as must have 1 to 64 printable ASCII characters',
    ],
    ['both jobs and all', ['replay', '1', '--all'], 'Name the jobs, or pass --all'],
    ['no jobs', ['replay'], 'Name the jobs, or pass --all'],
    ['a job that is none', ['replay', '1e3'], '"1e3" is not a job id'],
  ])('%s', async (_, args, says) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test.each([
    ['ban', 'alice', ...why],
    ['takedown', 'post', id, ...why],
    ['resolve', id, '--action', 'ban', ...why],
    ['delete', 'alice', '--reason', 'Asked for it'],
  ])('%s without --yes where nobody can be asked', async (...args) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no terminal to ask on: pass --yes to confirm');
  });
});

describe('a refused command exits with 1', () => {
  test.each([
    ['nobody of that handle', ['verify', 'nobody_x'], 'No user has or had the handle nobody_x'],
    ['nobody of that id', ['ban', randomUUID(), ...why, '-y'], 'Not found'],
    ['no such case', ['case', randomUUID()], 'Not found'],
    ['no such upload', ['upload', randomUUID()], 'Not found'],
    ['no such post', ['restore', 'post', randomUUID(), '--reason', 'A statue'], 'Not found'],
  ])('%s', async (_, args, says) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `${says}\n` });
  });
});

test('with --json a failure is one line of JSON on standard error', async () => {
  const missing = await run('verify', 'nobody_x', '--json');
  expect(JSON.parse(missing.stderr)).toEqual({
    error: { code: 'refused', message: 'No user has or had the handle nobody_x' },
  });
  const bad = await run('case', 'x', '--json');
  expect(JSON.parse(bad.stderr)).toMatchObject({
    error: { code: 'invalid_input', errors: [{ field: 'caseId' }] },
  });
});

test('an unavailable Ciel exits with 3 and one line that says why', async () => {
  const wrong = await ciel({ DATABASE_URL: 'mysql://nowhere' }, 'cases');
  expect(wrong.code).toBe(3);
  expect(wrong.stderr).toMatch(/^DATABASE_URL: must be a URL/);
  const empty = await ciel({ DATA_DIR: '/tmp/there-is-no-such-ciel' }, 'cases');
  expect(empty).toMatchObject({ code: 3, stdout: '' });
  expect(empty.stderr).toMatch(/^There is no database in/);
});
