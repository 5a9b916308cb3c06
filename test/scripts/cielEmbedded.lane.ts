import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { type CommandLine, ciel, jsonOf } from '../support/commandLine.ts';
import { type DataFolder, makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { freePort, launch, type Program, startProgram } from '../support/program.ts';

vi.setConfig({ testTimeout: 120_000 });

/** One installation on the embedded stack, from nothing on. */
let folder: DataFolder;
let environment: Record<string, string>;
let run: CommandLine;
beforeAll(async () => {
  folder = await makeDataFolder();
  environment = { DATA_DIR: folder.path, HTTP_ADDR: `127.0.0.1:${await freePort()}`, LOG_LEVEL: 'silent' };
  run = (...args) => ciel(environment, ...args);
});
afterAll(() => folder[Symbol.asyncDispose]());

const begin = (): Promise<Program> => startProgram('server/main.ts', environment);
const secret = (name: string) => readFileSync(join(folder.path, 'secrets', name), 'utf8').trim();

test('nothing is made by a command that only asks', async () => {
  const { code, stderr } = await run('cases');
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: `There is no database in ${folder.path}: set DATABASE_URL or DATA_DIR.\n`,
  });
  expect(await run('rotate-keys', 'access')).toMatchObject({ code: 3 });
  expect(await run('doctor')).toMatchObject({ code: 0 });
  expect(existsSync(join(folder.path, 'postgres'))).toBe(false);
});

test('migrate makes the database, once', async () => {
  const { pending } = await jsonOf<{ pending: string[] }>(run('migrate', '--json'));
  expect(pending[0]).toMatch(/^0000_/);
  expect(await run('migrate')).toMatchObject({ code: 0, stdout: 'nothing to apply\n' });
  expect(await run('migrate', '--list')).toMatchObject({ code: 0 });
});

test('commands work whether the server runs or not, and leave no database running', async () => {
  expect(await run('invite')).toMatchObject({ code: 0 });
  expect(postgresOn(folder.path)).toEqual([]);
  const program = await begin();
  const { code } = await jsonOf<{ code: string }>(run('invite', '--json'));
  const answer = await fetch(`${program.url}/v1/invites/validate/${code}`);
  expect(await answer.json()).toEqual({ isValid: true });
  expect(await run('doctor')).toMatchObject({ code: 0, stderr: '' });
  expect((await program.stop()).code).toBe(0);
});

test('seed makes the demo on a server that runs, and nothing twice', async () => {
  expect(await run('seed', '--yes')).toMatchObject({ code: 3, stdout: '' });
  const program = await begin();
  const { people } = await jsonOf<{ people: { handle: string; password: string }[] }>(
    run('seed', '--yes', '--json'),
  );
  const client = createCiel({ url: program.url });
  await client.signIn(people[0]!.handle, people[0]!.password);
  const before = (await client.feed.home({ limit: 200 })).items.map(({ id }) => id);
  expect(before.length).toBeGreaterThan(3);
  expect(await run('seed', '--yes')).toMatchObject({ code: 0 });
  expect((await client.feed.home({ limit: 200 })).items.map(({ id }) => id)).toEqual(before);
  expect(await run('check')).toMatchObject({ code: 0 });
  await program.stop();
});

test('a rotation of the keys signs nobody out, until the old ones are dropped', async () => {
  let program = await begin();
  const client = createCiel({ url: program.url });
  await client.signIn('alice', 'demo-alice-photographs');
  const restart = async () => {
    await program.stop();
    program = await begin();
  };
  const me = async () => {
    const { accessToken } = (await client.session.get())!;
    return (await fetch(`${program.url}/v1/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } }))
      .status;
  };
  const old = { access: secret('access.key'), refresh: secret('refresh.key') };
  for (const kind of ['access', 'refresh'] as const) {
    expect((await run('rotate-keys', kind)).stdout).toBe(`${kind}.key now has 2; restart Ciel to use it\n`);
    expect(secret(`${kind}.key`).split('\n')[1]).toBe(old[kind]);
    expect(statSync(join(folder.path, 'secrets', `${kind}.key`)).mode & 0o777).toBe(0o600);
  }
  await restart();
  expect(await me()).toBe(200);
  expect((await client.auth.me()).handle).toBe('alice');
  expect(await run('rotate-keys', 'access', '--drop-old')).toMatchObject({ code: 2 });
  expect(await run('rotate-keys', 'access', '--drop-old', '--yes')).toMatchObject({ code: 0 });
  expect(secret('access.key')).not.toContain(old.access);
  await restart();
  expect(await me()).toBe(401);
  const token = secret('admin.token');
  expect(await run('rotate-keys', 'admin', '--yes')).toMatchObject({ code: 0 });
  expect(secret('admin.token')).toMatch(/^[0-9a-f]{64}$/);
  expect(secret('admin.token')).not.toBe(token);
  const dropped = await run('rotate-keys', 'refresh', '--drop-old', '--yes', '--as', 'zoe');
  expect(dropped.stdout).toBe(
    'refresh.key now has 1; restart Ciel to use it\ndevices that were last seen or blocked under the old keys are no longer recognised\n',
  );
  expect(await run('rotate-keys', 'master')).toMatchObject({ code: 2 });
  await program.stop();
  const { items } = await jsonOf<{ items: { actor: string; action: string; subjectId: string }[] }>(
    run('audit', '--json'),
  );
  const kinds = items.filter(({ action }) => action.startsWith('key.'));
  expect(kinds.map(({ action, subjectId }) => `${action} ${subjectId}`)).toEqual([
    'key.dropOld refresh',
    'key.rotate admin',
    'key.dropOld access',
    'key.rotate refresh',
    'key.rotate access',
  ]);
  expect(kinds[0]!.actor).toBe('zoe');
});

test('when the keys come from a variable, a new one is printed and nothing is written', async () => {
  const given = Buffer.alloc(32, 7).toString('base64');
  const before = secret('access.key');
  const { code, stdout } = await ciel({ ...environment, PASETO_ACCESS_KEY: given }, 'rotate-keys', 'access');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[A-Za-z0-9+/]{43}=\nPut this value first in PASETO_ACCESS_KEY/);
  expect(stdout).not.toContain(given);
  expect(secret('access.key')).toBe(before);
});

test('a command that is interrupted leaves no database running', async () => {
  const command = await launch('server/scripts/ciel.ts', environment, ['check']);
  while (postgresOn(folder.path).length === 0) await sleep(20);
  command.kill('SIGINT');
  expect((await command.ended).code).toBe(130);
  expect(postgresOn(folder.path)).toEqual([]);
});
