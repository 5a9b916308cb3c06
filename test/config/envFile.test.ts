import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { strangeNames } from '../../server/config/envFile.ts';
import { launch } from '../support/program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ROOT = resolve(import.meta.dirname, '../..');
const AS_OPERATORS = { NODE_ENV: 'production' };

/** A checkout of its own, so that no `.env` of a developer is touched. */
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ciel-env-'));
  for (const name of ['server', 'drizzle', 'package.json'])
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  for (const name of ['node_modules', 'sdk']) await symlink(join(ROOT, name), join(root, name));
  const lines = [
    '# Ours',
    'LOG_LEVEL=debug',
    'ACCESS_TTL_MINUTES=7',
    'S3_BUKET=oops',
    'POSTGRES_PASSWORD=x',
    'MINE=1',
  ];
  await writeFile(join(root, '.env'), `${lines.join('\n')}\n`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const ciel = async (environment: Record<string, string>) =>
  (await launch('server/scripts/ciel.ts', environment, ['config', '--json'], root)).ended;

test('ciel reads .env, the environment wins, and what has no effect is named once', async () => {
  const { stdout, stderr, code } = await ciel({ ...AS_OPERATORS, LOG_LEVEL: 'error' });
  expect([code, stderr]).toEqual([0, 'S3_BUKET in .env is no variable of Ciel\n']);
  expect(JSON.parse(stdout)).toMatchObject({ accessTtlMinutes: 7, logLevel: 'error' });
});

test('tests read none', async () => {
  const { stdout, stderr } = await ciel({});
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ accessTtlMinutes: 15 });
});

test('the program reads it too', async () => {
  const environment = {
    ...AS_OPERATORS,
    APP_MODE: 'worker',
    DATABASE_URL: 'postgres://ciel@127.0.0.1:1/ciel',
  };
  const program = await launch('server/main.ts', environment, [], root);
  await vi.waitUntil(() => program.output().includes('names in .env'), { timeout: 60_000 });
  program.kill('SIGTERM');
  await program.ended;
  expect(JSON.parse(program.output().split('\n')[0]!)).toMatchObject({ level: 'warn', names: ['S3_BUKET'] });
});

test('what compose alone reads is no mistake', () => {
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  expect(strangeNames([...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name!))).toEqual([]);
  expect(strangeNames(['DATABASE_POOL', 'HTTP_PORT', 'AWS_REGION', 'OTEL_SERVICE_NAME'])).toEqual([
    'DATABASE_POOL',
    'HTTP_PORT',
  ]);
});
