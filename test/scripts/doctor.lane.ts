import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import type { Finding } from '../../server/scripts/doctor/finding.ts';
import { ciel, environmentOf } from '../support/commandLine.ts';
import { makeDataFolder } from '../support/dataFolder.ts';
import { test } from '../support/fixtures.ts';
import type { World } from '../support/world.ts';

vi.setConfig({ testTimeout: 120_000 });

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

async function examine(environment: Record<string, string>) {
  const { code, stdout } = await ciel(environment, 'doctor', '--json');
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, findings, of: (name: string) => findings.find((finding) => finding.name === name) };
}

test('all is well with a sound installation, whatever is not configured', async () => {
  const { code, findings, of } = await examine({ ...environmentOf(world), ADMIN_TOKEN: 'x'.repeat(32) });
  expect(code).toBe(0);
  expect(findings.filter(({ state }) => state === 'warning' || state === 'broken')).toEqual([]);
  expect(findings.map(({ name }) => name)).toEqual([
    'configuration',
    'node',
    'pictures',
    'data folder',
    'access key',
    'refresh key',
    'admin token',
    'database',
    'migrations',
    'clock',
    'jobs',
    'variants',
    'photographs',
    'placement',
    'feeds',
    'deletions',
    'notices',
    'processes',
    'redis',
    'storage',
    'queue',
    'server',
  ]);
  expect(of('pictures')?.says).toMatch(/^6 variants of a photograph/);
  expect(of('redis')).toMatchObject({ state: 'absent', advice: expect.stringContaining('REDIS_URL') });
});

test('each unavailable dependency is reported, with advice, and hides none of the others', async () => {
  const { code, findings, of } = await examine({
    ...environmentOf(world),
    DATABASE_URL: 'postgres://ciel:the-secret-word@127.0.0.1:1/ciel',
    REDIS_URL: 'redis://:the-secret-word@127.0.0.1:1',
    S3_BUCKET: 'ciel-media',
    S3_ENDPOINT: 'http://127.0.0.1:1',
    QUEUE_NAME: 'ciel-media',
    QUEUE_ENDPOINT: 'http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'ciel',
    AWS_SECRET_ACCESS_KEY: 'the-secret-word',
  });
  expect(code).toBe(1);
  for (const name of ['database', 'redis', 'storage', 'queue'])
    expect([name, of(name)]).toEqual([
      name,
      expect.objectContaining({ state: 'broken', advice: expect.any(String) }),
    ]);
  expect(of('admin token')).toMatchObject({ state: 'warning' });
  expect(of('pictures')).toMatchObject({ state: 'ok' });
  expect(JSON.stringify(findings)).not.toContain('the-secret-word');
});

test('every invalid variable is reported, without its value', async () => {
  const { code, findings } = await examine({
    DATABASE_URL: 'mysql://the-secret-word',
    ACCESS_TTL_MINUTES: '0',
  });
  expect(code).toBe(1);
  const says = findings.filter(({ state }) => state === 'broken').map(({ says }) => says.split(':')[0]);
  expect(says.sort()).toEqual(['ACCESS_TTL_MINUTES', 'DATABASE_URL']);
  expect(JSON.stringify(findings)).not.toContain('the-secret-word');
});

test('missing migrations, waiting jobs and dead jobs are reported', async () => {
  const { db } = world.app;
  await db.execute(sql`insert into jobs (queue, kind, body, visible_at)
    values ('effects', 'media.place', '{}', now() - interval '1 hour')`);
  const waiting = await examine(environmentOf(world));
  expect([waiting.code, waiting.of('jobs')?.state]).toEqual([0, 'warning']);
  expect(waiting.of('jobs')?.says).toMatch(/^1 ready, 0 dead, the oldest has been waiting for 36\d\d s$/);
  await db.execute(sql`update jobs set dead_at = now()`);
  expect((await examine(environmentOf(world))).of('jobs')?.advice).toContain('replay');
  await db.execute(sql`delete from jobs`);
  const [last] = await db.execute<{ hash: string; created_at: string }>(sql`
    delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)
    returning hash, created_at`);
  const behind = await examine(environmentOf(world));
  expect([behind.code, behind.of('migrations')?.advice]).toEqual([1, 'npm run ciel -- migrate']);
  expect(await ciel(environmentOf(world), 'migrate', '--list')).toMatchObject({ code: 1 });
  const refused = await ciel(environmentOf(world), 'cases');
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain(
    'is missing 1 migrations of this version: apply them with npm run ciel -- migrate',
  );
  await db.execute(sql`
    insert into drizzle.__drizzle_migrations (hash, created_at) values (${last!.hash}, ${last!.created_at})`);
});

test('keys that others can read and damaged keys are reported', async () => {
  await using folder = await makeDataFolder();
  const environment = { DATA_DIR: folder.path };
  expect(await ciel(environment, 'migrate')).toMatchObject({ code: 0 });
  expect(await ciel(environment, 'invite')).toMatchObject({ code: 0 });
  await chmod(join(folder.path, 'secrets/access.key'), 0o644);
  await writeFile(join(folder.path, 'secrets/refresh.key'), randomBytes(5));
  const { code, of } = await examine(environment);
  expect(code).toBe(1);
  expect(of('access key')).toMatchObject({ state: 'warning', advice: expect.stringContaining('chmod 600') });
  expect(of('refresh key')).toMatchObject({ state: 'broken', says: expect.stringContaining('is damaged') });
});

test('the configuration is shown without a secret', async () => {
  const keys = environmentOf(world);
  const environment = {
    ...keys,
    REDIS_URL: 'redis://ciel:the-secret-word@127.0.0.1:1/2?password=the-secret-word',
    ADMIN_TOKEN: 'the-secret-word-of-32-characters',
    WORKER_TOKEN: 'the-secret-word-of-workers-32-characters',
    QUEUE_NAME: 'ciel',
    SQS_ACCESS_KEY: 'ciel',
    SQS_SECRET_KEY: 'the-secret-word',
  };
  for (const args of [['config'], ['config', '--json']]) {
    const { code, stdout } = await ciel(environment, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('redis://ciel@127.0.0.1:1/2');
    for (const secret of ['the-secret-word', keys.PASETO_ACCESS_KEY!, keys.PASETO_REFRESH_KEY!])
      expect(stdout).not.toContain(secret);
  }
});
