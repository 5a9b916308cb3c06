import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { sessionSettings } from '../../../server/infra/db/connect.ts';
import { type OpenOptions, openDatabase } from '../../../server/infra/db/openDatabase.ts';
import { canKeepNames, type PgBouncer, startPgBouncer } from '../../support/pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { launch, startProgram } from '../../support/program.ts';

const IGNORED =
  'random_page_cost, statement_timeout, lock_timeout, idle_in_transaction_session_timeout, ciel.session';

let own: TestDatabase;
let pooler: PgBouncer | null = null;

beforeEach(async () => {
  own = await createTestDatabase();
});

afterEach(async () => {
  await pooler?.stop();
  await own.drop();
});

const options = (url: string, more: Partial<OpenOptions> = {}): OpenOptions => ({
  url,
  pooler: null,
  maxConnections: 5,
  connectTimeoutSeconds: 5,
  idleTimeoutSeconds: 60,
  maxLifetimeSeconds: 600,
  statementTimeoutSeconds: 30,
  applicationName: 'ciel tests',
  ...more,
});

const notes = pgTable('notes', { n: integer().notNull(), text: text().notNull() });

async function tryOut(given: OpenOptions): Promise<object | undefined> {
  const database = await openDatabase(given);
  const { db } = database;
  await db.execute(sql`create table if not exists notes (n int not null, text text not null)`);
  await db.execute(sql`truncate notes`);
  // More at once than there are connections, so that each statement is sent over several of them.
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2
        ? db.insert(notes).values({ n, text: 'alone' })
        : db.transaction(async (db) => {
            await db.insert(notes).values({ n, text: 'begun' });
            await db.update(notes).set({ text: 'committed' }).where(sql`n = ${n}`);
          }),
    ),
  );
  const rows = await Promise.all(
    Array.from({ length: 40 }, (_, n) => db.select().from(notes).where(sql`n = ${n}`)),
  );
  expect(rows.map(([row]) => row)).toEqual(
    Array.from({ length: 40 }, (_, n) => ({ n, text: n % 2 ? 'alone' : 'committed' })),
  );
  for (const [name, value] of Object.entries(sessionSettings(given))) {
    const find = sql`select setting from pg_settings where name = ${name}`;
    const [[alone], [together]] = await Promise.all([
      db.execute(find),
      db.transaction((db) => db.execute(find)),
    ]);
    expect([name, Number(alone?.setting), Number(together?.setting)]).toEqual([name, value, value]);
  }
  await expect(db.insert(notes).values({ n: 1, text: sql`null` })).rejects.toMatchObject({
    cause: { code: '23502' },
  });
  await database.close();
  return database.pooled;
}

const FOR_EACH = { keepsNames: false, hasSettings: false };

test.each(['session', 'transaction'] as const)(
  'PgBouncer in %s mode is seen, whether it refuses the settings of a connection or ignores them',
  async (mode) => {
    for (const settings of [{}, { ignore_startup_parameters: IGNORED }]) {
      pooler = await startPgBouncer(inject('postgresUrl'), { mode, settings });
      if (!pooler) return;
      expect(await tryOut(options(pooler.through(own.url)))).toEqual(FOR_EACH);
      await pooler.stop();
    }
  },
);

test('with DATABASE_POOLER=session statements keep their names', async () => {
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'session' });
  if (!pooler) return;
  expect(await tryOut(options(pooler.through(own.url), { pooler: 'session' }))).toEqual({
    keepsNames: true,
    hasSettings: false,
  });
});

test('a pooler that keeps named statements is given them, and one that keeps none is not', async () => {
  // Older versions, such as that of Debian 12, keep none and end at the setting.
  for (const max_prepared_statements of canKeepNames() ? [100, 0] : []) {
    const settings = { max_prepared_statements };
    pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'transaction', settings });
    const keepsNames = max_prepared_statements > 0;
    expect(await tryOut(options(pooler!.through(own.url)))).toEqual({ keepsNames, hasSettings: false });
    await pooler!.stop();
  }
});

test('a role that has the settings spares each transaction them', async () => {
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'transaction' });
  if (!pooler) return;
  const given = options(pooler.through(own.url));
  const direct = await openDatabase(options(own.url));
  const [row] = await direct.sql`select current_database() as name`;
  for (const [name, value] of Object.entries(sessionSettings(given)))
    await direct.sql.unsafe(`alter role current_user in database ${row!.name} set ${name} = ${value}`);
  await direct.close();
  expect(await tryOut(given)).toEqual({ keepsNames: false, hasSettings: true });
});

test('PostgreSQL itself has sessions of our own, declared or found out', async () => {
  expect(await tryOut(options(own.url))).toBeUndefined();
  expect(await tryOut(options(own.url, { pooler: 'none' }))).toBeUndefined();
});

const refusalOf = (given: OpenOptions) =>
  openDatabase({ ...given, waitSeconds: 60 }).then(
    () => 'opened',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test.each([null, 'session', 'transaction'] as const)(
  'PgBouncer in statement mode is refused in a sentence, declared %s',
  async (declared) => {
    pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'statement' });
    if (!pooler) return;
    expect(await refusalOf(options(pooler.through(own.url), { pooler: declared }))).toMatch(
      /^StartupError: Cannot use .*: its pooler lends a session for one statement, and Ciel needs transactions: set pool_mode/,
    );
  },
);

test('what can never work is refused at once, and says what to do', async () => {
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'transaction' });
  if (!pooler) return;
  const url = pooler.through(own.url);
  expect(await refusalOf(options(url, { pooler: 'none' }))).toMatch(
    /leave DATABASE_POOLER unset, or set it to/,
  );
  for (const odd of [`${url}?jit_mode=on`, `${own.url}?jit_mode=on`])
    expect(await refusalOf(options(odd))).toMatch(/it refuses a parameter of the URL \(.*jit_mode.*remove/);
});

test('after all sessions of the pooler were ended, only what was running fails', async () => {
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'transaction' });
  if (!pooler) return;
  const direct = await openDatabase(options(own.url));
  const { db, close } = await openDatabase(options(pooler.through(own.url)));
  const busy = Promise.allSettled(Array.from({ length: 5 }, () => db.execute(sql`select pg_sleep(600)`)));
  const sleeping = () =>
    direct.sql`select pid from pg_stat_activity where datname = current_database() and state = 'active'
      and query like '%pg_sleep%' and pid <> pg_backend_pid()`;
  await expect.poll(sleeping, { timeout: 60_000 }).toHaveLength(5);
  await direct.sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  for (const { status } of await busy) expect(status).toBe('rejected');
  for (const _ of [1, 2, 3])
    expect(
      await Promise.all(Array.from({ length: 10 }, (_, n) => db.execute(sql`select ${n}::int as n`))),
    ).toHaveLength(10);
  await close();
  await direct.close();
});

test('the program starts behind a pooler, migrates past it, and serves; in statement mode it ends with a sentence', async () => {
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'transaction' });
  if (!pooler) return;
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'ciel-pooler-'));
  const environment = {
    APP_MODE: 'combined',
    DATABASE_URL: `${pooler.through(own.url)}?channel_binding=prefer&schema=public`,
    DATABASE_DIRECT_URL: own.url,
    DATA_DIR,
    PASETO_ACCESS_KEY: randomBytes(32).toString('base64'),
    PASETO_REFRESH_KEY: randomBytes(32).toString('base64'),
    SIGNUP_MODE: 'open',
    LOG_LEVEL: 'info',
  };
  const direct = await openDatabase(options(own.url));
  await direct.sql`drop schema public cascade`;
  await direct.sql`drop schema drizzle cascade`;
  await direct.sql`create schema public`;
  {
    await using program = await startProgram(
      'server/main.ts',
      environment,
      'a pooler is in front of PostgreSQL',
    );
    const post = (path: string, body: object) =>
      fetch(`${program.url}/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': path },
        body: JSON.stringify(body),
      });
    const account = {
      handle: 'ada',
      email: 'ada@example.org',
      displayName: 'Ada',
      password: 'a bench under snow',
    };
    expect((await post('users', account)).status).toBe(201);
    expect((await post('auth/login', { identifier: 'ada', password: account.password })).status).toBe(200);
    expect((await fetch(`${program.url}/health/ready`)).status).toBe(200);
    expect(program.output()).toContain('"parameters":["channel_binding","schema"]');
    await expect.poll(() => direct.sql`select connections from processes`).toEqual([{ connections: 0 }]);
  }
  await direct.close();
  await pooler.stop();
  pooler = await startPgBouncer(inject('postgresUrl'), { mode: 'statement' });
  const { ended } = await launch('server/main.ts', {
    ...environment,
    DATABASE_URL: pooler!.through(own.url),
  });
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('Ciel needs transactions: set pool_mode'),
  ]);
  await rm(DATA_DIR, { recursive: true });
});
