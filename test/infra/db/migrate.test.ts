import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConnectOptions, connectDatabase } from '../../../server/infra/db/connect.ts';
import type { Database } from '../../../server/infra/db/db.ts';
import { migrate } from '../../../server/infra/db/migrate.ts';
import { startPeer } from '../../support/peerProcess.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const INFRA = pathToFileURL(join(import.meta.dirname, '../../../server/infra/db/')).href;

let own: TestDatabase;
let options: ConnectOptions;
let database: Database;
let folder: string;

beforeEach(async () => {
  own = await createTestDatabase();
  options = {
    url: own.url,
    maxConnections: 4,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel tests',
  };
  database = connectDatabase(options);
  folder = await mkdtemp(join(tmpdir(), 'ciel-migrations-'));
});

afterEach(async () => {
  await database.close();
  await own.drop();
  await rm(folder, { recursive: true });
});

/** Writes a folder as drizzle-kit does: one file for each migration, and the journal that names them in order. */
async function writeMigrations(...migrations: string[][]) {
  await mkdir(join(folder, 'meta'), { recursive: true });
  const entries = migrations.map((_, idx) => ({
    idx,
    version: '7',
    when: 9_000_000_000_000 + idx,
    tag: `000${idx}_test`,
    breakpoints: true,
  }));
  await writeFile(
    join(folder, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  for (const [index, statements] of migrations.entries()) {
    await writeFile(join(folder, `000${index}_test.sql`), statements.join('\n--> statement-breakpoint\n'));
  }
}

async function tableExists(name: string): Promise<boolean> {
  const [row] = await database.sql`select to_regclass(${name}) is not null as exists`;
  return row?.exists;
}

async function countApplied(): Promise<number> {
  const [row] = await database.sql`
    select count(*)::int as count from drizzle.__drizzle_migrations where created_at >= 9000000000000`;
  return row?.count;
}

test('a folder without migrations changes nothing', async () => {
  await migrate(database, folder);
  expect(await countApplied()).toBe(0);
});

test('each migration is applied once, in order', async () => {
  await writeMigrations(
    ['create table notes (n int)'],
    ['alter table notes add column at timestamptz', 'insert into notes values (1)'],
  );
  await migrate(database, folder);
  await migrate(database, folder);
  expect(await database.sql`select n, at from notes`).toEqual([{ n: 1, at: null }]);
  expect(await countApplied()).toBe(2);
});

test('a migration that was merged late is applied after a later one', async () => {
  await writeMigrations(['create table early (n int)'], ['create table late (n int)']);
  await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('late', 9000000000001)`;
  await migrate(database, folder);
  expect(await tableExists('early')).toBe(true);
  expect(await tableExists('late')).toBe(false);
});

test('a migration that fails leaves nothing behind', async () => {
  await writeMigrations(['create table notes (n int)', 'alter table nowhere add column n int']);
  await expect(migrate(database, folder)).rejects.toMatchObject({ code: '42P01' });
  expect(await tableExists('notes')).toBe(false);
  expect(await countApplied()).toBe(0);
});

test('a database that a newer Ciel has migrated is left in peace', async () => {
  await writeMigrations(['create table notes (n int)'], ['create table tags (n int)']);
  await migrate(database, folder);
  await writeMigrations(['create table notes (n int)']);
  await migrate(database, folder);
  expect(await tableExists('tags')).toBe(true);
  expect(await countApplied()).toBe(2);
});

test('two processes that start at once do not collide', async () => {
  await writeMigrations(
    ['create table notes (n int)', 'select pg_sleep(0.5)'],
    ['create table tags (n int)'],
  );
  const code = `
    const { connectDatabase } = await import(${JSON.stringify(`${INFRA}connect.ts`)});
    const { migrate } = await import(${JSON.stringify(`${INFRA}migrate.ts`)});
    const database = connectDatabase(${JSON.stringify(options)});
    console.log('{}');
    while (!(await database.sql\`select to_regclass('gate') as gate\`)[0].gate);
    await migrate(database, ${JSON.stringify(folder)});
    await database.close();
  `;
  const both = await Promise.all([startPeer(code), startPeer(code)]);
  await database.sql`create table gate ()`;
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(await countApplied()).toBe(2);
});

test('readers of a table are not blocked for long by a migration that waits for it', async () => {
  await database.sql`create table notes (n int)`;
  await writeMigrations(['alter table notes add column at timestamptz']);
  let migrating = Promise.resolve();
  await database.sql.begin(async (longReader) => {
    await longReader`select from notes`;
    migrating = migrate(database, folder);
    await expect.poll(countWaiting, { timeout: 20_000 }).toBe(1);
    await database.sql.begin(async (reader) => {
      await reader`set local lock_timeout = '10s'`;
      expect(await reader`select n from notes`).toEqual([]);
    });
  });
  await migrating;
  expect(await database.sql`select at from notes`).toEqual([]);
});

async function countWaiting(): Promise<number> {
  const [row] = await database.sql`
    select count(*)::int as count from pg_locks
    where not granted and relation is not null and database = (select oid from pg_database where datname = current_database())`;
  return row?.count;
}
