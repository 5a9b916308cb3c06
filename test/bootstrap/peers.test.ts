import { sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import { ciel, environmentOf } from '../support/commandLine.ts';
import { test } from '../support/fixtures.ts';
import { startProgram } from '../support/program.ts';
import type { World } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const rows = () => world.app.db.execute<{ mode: string }>(sql`select * from processes order by mode`);

/** The peers that its log complains of. */
const toldOf = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.includes('"a peer '))
    .map((line) => JSON.parse(line) as { level: string; peer: { mode: string }; differs: string[] });

test('processes that are set up differently tell so in their logs, and doctor names what differs', async () => {
  const environment: Record<string, string> = {
    ...environmentOf(world),
    LOG_LEVEL: 'info',
    PUBLIC_URL: 'https://ciel.example.org',
  };
  await using api = await startProgram('server/main.ts', environment);
  await vi.waitUntil(async () => (await rows()).length === 1);
  const alike = await ciel(environment, 'doctor');
  expect(alike.stdout).toMatch(/ok +processes +1 api/);

  const other: Record<string, string> = {
    ...environmentOf(world),
    LOG_LEVEL: 'info',
    PUBLIC_URL: 'https://www.example.org',
    DB_MAX_CONNECTIONS: '1000',
  };
  await using peer = await startProgram('server/main.ts', other);
  for (const process of [peer, api])
    await vi.waitUntil(() => toldOf(process.output()).length === 1, { timeout: 60_000 });
  expect(toldOf(api.output())).toMatchObject([
    { level: 'warn', peer: { mode: 'api' }, differs: ['publicUrl', 'accessKeys', 'refreshKeys'] },
  ]);

  expect(peer.output()).toMatch(/"wanted":1016,.*all processes together may open more connections/);
  expect(api.output()).not.toContain('all processes together');
  const { stdout, code } = await ciel(environment, 'doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /warning +processes +2 api, up to 1016 of \d+ connections to PostgreSQL; they differ in PUBLIC_URL of api on /,
  );
  expect(stdout).toMatch(/PASETO_ACCESS_KEY of api on .* and of api on /);
  for (const keys of [environment, other])
    for (const name of ['PASETO_ACCESS_KEY', 'PASETO_REFRESH_KEY'] as const)
      expect(stdout + api.output() + JSON.stringify(await rows())).not.toContain(keys[name]);

  await peer.stop();
  await vi.waitUntil(async () => (await rows()).length === 1);
});
