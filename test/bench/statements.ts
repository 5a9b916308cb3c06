import { createSecretKey } from 'node:crypto';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { ISql, Sql } from 'postgres';
import { createCaller } from '../../server/api/router.ts';
import { settingsOf } from '../../server/bootstrap/runtime.ts';
import { parseConfig } from '../../server/config/config.ts';
import type { App } from '../../server/core/app.ts';
import { scriptContext } from '../../server/core/context.ts';
import type { Cache } from '../../server/infra/cache/cache.ts';
import { createMemoryLimiter } from '../../server/infra/limiter/memory.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { createFileStorage } from '../../server/infra/storage/files.ts';
import { createDecoders } from '../../server/jobs/decoders.ts';

export interface Statement {
  query: string;
  params: unknown[];
}

export type Caller = ReturnType<ReturnType<typeof createCaller>>;

/** What a procedure sends to the database, in order, when the viewer calls it with cold caches. */
export async function statementsOf(
  sql: Sql,
  viewerId: string,
  call: (caller: Caller) => Promise<unknown>,
): Promise<Statement[]> {
  return statementsBy(sql, (db) => call(callerOf(db, viewerId)));
}

/** What some work sends to the database, in order. */
export async function statementsBy(
  sql: Sql,
  work: (db: App['db']) => Promise<unknown>,
): Promise<Statement[]> {
  const statements: Statement[] = [];
  const db = drizzle(sql, { logger: { logQuery: (query, params) => statements.push({ query, params }) } });
  await work(db);
  return statements;
}

/** Calls procedures in-process, with cold caches. */
export function callerOf(db: App['db'], viewerId: string): Caller {
  const viewer = { id: viewerId, handle: 'bench', trustLevel: 3, isPrivate: false, sessionId: null };
  return createCaller(appOn(db))(scriptContext(viewer));
}

/** The same statements by the driver alone, one after another; in a transaction when the first sets something for one. */
export async function replay(sql: Sql, statements: Statement[]): Promise<unknown[][]> {
  const isSearch = statements[0]?.query.includes('set_config') ?? false;
  return isSearch ? sql.begin((tx) => replayOn(tx, statements)) : replayOn(sql, statements);
}

async function replayOn(sql: ISql, statements: Statement[]): Promise<unknown[][]> {
  const results: unknown[][] = [];
  for (const { query, params } of statements)
    results.push(await sql.unsafe(query, params as never[], { prepare: true }));
  return results;
}

const emptyCache: Cache = {
  get: async () => null,
  set: async () => {},
  remove: async () => {},
  ping: async () => {},
  close: async () => {},
};

const appOn = (db: App['db']): App => ({
  db,
  cache: emptyCache,
  storage: createFileStorage({
    root: '/nonexistent',
    secrets: [Buffer.alloc(32)],
    publicUrl: 'http://localhost',
  }),
  limiter: createMemoryLimiter(),
  decoders: createDecoders(silentLog),
  log: silentLog,
  secrets: {
    accessKeys: [],
    refreshKeys: [],
    cursorKeys: [createSecretKey(Buffer.alloc(32, 3))],
    grantKeys: [createSecretKey(Buffer.alloc(32, 6))],
    deviceKeys: [],
    adminToken: null,
  },
  settings: settingsOf(parseConfig({})),
  wakeWorkers: () => {},
  afterCommit: null,
});
