import { chmod, mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../server/infra/log/log.ts';
import { findBinaries } from '../../../server/infra/postgres/binaries.ts';
import { explainDamage } from '../../../server/infra/postgres/explainFailure.ts';
import { startEmbeddedPostgres } from '../../../server/infra/postgres/startEmbedded.ts';
import { StartupError } from '../../../server/infra/startupError.ts';
import { makeDataFolder, startupProblemOf } from '../../support/postgresFolder.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await makeDataFolder();
});

afterEach(async () => {
  await chmod(dataDir, 0o755);
  await rm(dataDir, { recursive: true });
});

const start = (folder = dataDir) => startEmbeddedPostgres({ dataDir: folder, log: silentLog, fast: true });

test('one sentence for a data folder that cannot be created', async () => {
  const file = join(dataDir, 'file');
  await writeFile(file, '');
  expect(await startupProblemOf(start(join(file, 'data')))).toBe(
    `Cannot use ${join(file, 'data')} for data: a part of the path is a file, so choose another DATA_DIR.`,
  );
});

test.skipIf(process.getuid?.() === 0)(
  'one sentence for a data folder where this user may not write',
  async () => {
    await chmod(dataDir, 0o555);
    expect(await startupProblemOf(start())).toBe(
      `Cannot use ${dataDir} for data: this user may not write there, so choose another DATA_DIR or another user.`,
    );
  },
);

test('one sentence for a damaged database, which is left unchanged', async () => {
  await (await start()).stop();
  const folder = join(dataDir, 'postgres');
  const sentence = (what: string) =>
    `The database in ${folder} is damaged (${what}): restore that folder from a backup, or move it away to start with an empty database.`;
  await truncate(join(folder, 'global/pg_control'), 100);
  expect(await startupProblemOf(start())).toContain('is damaged (could not read file "global/pg_control"');
  await rm(join(folder, 'global'), { recursive: true });
  expect(await startupProblemOf(start())).toBe(sentence('global/pg_control is missing'));
  await rm(join(folder, 'PG_VERSION'));
  expect(await startupProblemOf(start())).toBe(sentence('PG_VERSION is missing'));
  expect((await stat(join(folder, 'base'))).isDirectory()).toBe(true);
});

test('one sentence for a full disk, wherever it was noticed', () => {
  const found = Object.assign(new Error('could not extend file'), { code: '53100' });
  for (const error of [found, new Error('Failed query', { cause: found })])
    expect(explainDamage(error, '/data/postgres')).toEqual(
      new StartupError('The disk that holds /data/postgres is full: free some space and start again.'),
    );
});

test('one sentence for a database of another PostgreSQL', async () => {
  const folder = join(dataDir, 'postgres');
  await mkdir(folder);
  await writeFile(join(folder, 'PG_VERSION'), '17\n');
  expect(await startupProblemOf(start())).toBe(
    `The database in ${folder} was made by PostgreSQL 17, but this version of Ciel brings 18: dump it with the earlier version and restore it into a new DATA_DIR.`,
  );
});

test('one sentence for a system that the packages do not cover', async () => {
  expect(await startupProblemOf(Promise.resolve().then(() => findBinaries('sunos', 'x64')))).toBe(
    'There is no embedded PostgreSQL for sunos-x64 in node_modules: set DATABASE_URL to a PostgreSQL server of your own.',
  );
});
