import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import postgres, { type Sql } from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectDatabase } from '../../../server/infra/db/connect.ts';
import type { Database } from '../../../server/infra/db/db.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let own: TestDatabase;
let database: Database;
/** Another client, which is not cut. */
let operator: Sql;

beforeEach(async () => {
  own = await createTestDatabase();
  database = connectDatabase({
    url: own.url,
    maxConnections: 1,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel tests',
  });
  operator = postgres(own.url, { max: 1 });
  await operator`create table notes (text text)`;
});

afterEach(async () => {
  await database.close();
  await operator.end();
  await own.drop();
});

const write = (db: Database['db'], text: string) => db.execute(sql`insert into notes values (${text})`);
const notes = async () => (await operator`select text from notes order by text`).map(({ text }) => text);
const cut = () =>
  operator`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
const lost = { code: 'CONNECTION_CLOSED' };

test('a transaction whose connection is lost between two statements writes nothing, also when the pool has another by then', async () => {
  const late = Promise.withResolvers<unknown>();
  const transaction = database.db.transaction(async (db) => {
    await write(db, 'first');
    await cut();
    await expect.poll(() => database.db.execute(sql`select 1`).catch(() => [])).toHaveLength(1);
    const second = write(db, 'second');
    second.then(() => late.resolve('written'), late.resolve);
    await second;
  });
  await expect(transaction).rejects.toMatchObject(lost);
  expect(await late.promise).toMatchObject({ cause: lost });
  expect(await notes()).toEqual([]);
});

test('a transaction whose connection is lost under a statement fails, and the pool goes on', async () => {
  const transaction = database.db.transaction(async (db) => {
    await write(db, 'first');
    await db.execute(sql`select pg_sleep(20)`);
  });
  const refused = expect(transaction).rejects.toMatchObject(lost);
  await sleep(200);
  await cut();
  await refused;
  await expect.poll(() => write(database.db, 'later').catch(() => null)).not.toBeNull();
  expect(await notes()).toEqual(['later']);
});

test('work that throws after the connection is lost harms nobody', async () => {
  const transaction = database.db.transaction(async (db) => {
    await write(db, 'first');
    await cut();
    throw new Error('of the work');
  });
  await expect(transaction).rejects.toThrow();
  await expect.poll(() => write(database.db, 'later').catch(() => null)).not.toBeNull();
  expect(await notes()).toEqual(['later']);
});

test('other transactions commit, roll back, and go back to savepoints as ever', async () => {
  await database.db.transaction(async (db) => {
    await write(db, 'kept');
    const inner = db.transaction(async (db) => {
      await write(db, 'taken back');
      throw new Error('of the inner work');
    });
    await expect(inner).rejects.toThrow('of the inner work');
    await write(db, 'kept as well');
  });
  const failing = database.db.transaction(async (db) => {
    await write(db, 'rolled back');
    throw new Error('of the work');
  });
  await expect(failing).rejects.toThrow('of the work');
  expect(await notes()).toEqual(['kept', 'kept as well']);
});
