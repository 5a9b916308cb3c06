import { createServer } from 'node:net';
import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type ConnectOptions, connectDatabase } from '../../../server/infra/db/connect.ts';
import type { Database } from '../../../server/infra/db/db.ts';
import { waitForDatabase } from '../../../server/infra/db/waitForDatabase.ts';
import { StartupError } from '../../../server/infra/startupError.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let own: TestDatabase;
let opened: Database[];

beforeEach(async () => {
  own = await createTestDatabase();
  opened = [];
});

afterEach(async () => {
  for (const database of opened) await database.close();
  await own.drop();
});

function connect(options: Partial<ConnectOptions> = {}): Database {
  const database = connectDatabase({
    url: own.url,
    maxConnections: 2,
    connectTimeoutSeconds: 1,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel tests',
    ...options,
  });
  opened.push(database);
  return database;
}

test('a statement that runs too long is ended', async () => {
  const database = connect({ statementTimeoutSeconds: 1 });
  await expect(database.sql`select pg_sleep(20)`).rejects.toMatchObject({ code: '57014' });
});

test('times arrive as dates', async () => {
  const database = connect();
  await database.sql`create table moments (n int, at timestamptz(3))`;
  const moments = pgTable('moments', { n: integer(), at: timestamp({ withTimezone: true, precision: 3 }) });
  const at = new Date('2026-11-23T10:20:30.123Z');
  await database.db.insert(moments).values({ n: 1, at });
  expect(await database.db.select().from(moments)).toEqual([{ n: 1, at }]);
});

test('a cut connection fails its query, and the pool opens another', async () => {
  const database = connect({ maxConnections: 1 });
  await expect(database.sql`select pg_terminate_backend(pg_backend_pid())`).rejects.toThrow();
  // The driver may report the cut a second time, to the next query.
  await expect
    .poll(() => database.sql`select 1 as one`.catch(() => []), { timeout: 20_000 })
    .toEqual([{ one: 1 }]);
});

describe('waiting for the database', () => {
  test('ends as soon as it is there', async () => {
    await own.drop();
    const waiting = waitForDatabase(connect());
    const admin = postgres(inject('postgresUrl'), { max: 1 });
    await admin`create database ${admin(new URL(own.url).pathname.slice(1))}`;
    await admin.end();
    await expect(waiting).resolves.toBeUndefined();
  });

  test('gives up with one sentence that says where it looked, and not the password', async () => {
    const port = await findClosedPort();
    const database = connect({ url: `postgres://ciel:secret@127.0.0.1:${port}/photos` });
    expect(await problemOf(waitForDatabase(database, 3))).toBe(
      `Cannot use the PostgreSQL database "photos" at 127.0.0.1:${port}: nothing is listening there. Check DATABASE_URL.`,
    );
  });

  test('gives up on what accepts connections and never speaks', async () => {
    const silent = createServer(() => {});
    const port = await listen(silent);
    const database = connect({ url: `postgres://ciel:secret@127.0.0.1:${port}/photos` });
    expect(await problemOf(waitForDatabase(database, 3))).toBe(
      `Cannot use the PostgreSQL database "photos" at 127.0.0.1:${port}: no response. Check DATABASE_URL.`,
    );
    await database.close();
    silent.close();
  });

  test('does not insist when the password is refused', async () => {
    const url = new URL(own.url);
    url.password = 'guess';
    const message = await problemOf(waitForDatabase(connect({ url: url.href }), 600));
    expect(message).toContain(`at ${url.host}: the user or the password was rejected.`);
    expect(message).not.toContain('guess');
  });
});

async function problemOf(waiting: Promise<void>): Promise<string> {
  const error = await waiting.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}

async function findClosedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}
