import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { signAccess } from '../../server/domains/auth/tokens.ts';
import { connectDatabase } from '../../server/infra/db/connect.ts';
import type { Database } from '../../server/infra/db/db.ts';
import { migrate } from '../../server/infra/db/migrate.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { startEmbeddedPostgres } from '../../server/infra/postgres/startEmbedded.ts';
import { type Program, startProgram } from '../support/program.ts';
import { seedNetwork } from './seed.ts';

export interface Network {
  database: Database;
  url: string;
  /** API and workers in one process. */
  program: Program;
  /** Another process on the same data, which takes the same tokens and cursors. */
  start(mode: 'api' | 'combined', more?: Record<string, string>): Promise<Program>;
  /** An access token of user number n. */
  tokenOf(n: number): Promise<string>;
  close(): Promise<void>;
}

const ACCESS_KEY = Buffer.alloc(32, 11);
const REFRESH_KEY = Buffer.alloc(32, 12);

/** A PostgreSQL of its own, seeded. */
export async function startSeeded(
  scale: number,
  ...seeds: ((sql: Database['sql'], scale: number) => Promise<void>)[]
) {
  const folder = await mkdtemp(join(tmpdir(), 'ciel-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log: silentLog, fast: true });
  const database = connectDatabase({
    url: postgres.url,
    maxConnections: 16,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 3600,
    statementTimeoutSeconds: 300,
    applicationName: 'ciel bench',
  });
  await migrate(database, resolve(import.meta.dirname, '../../drizzle'));
  const started = performance.now();
  for (const seed of seeds) await seed(database.sql, scale);
  console.log(`seeded at scale ${scale} in ${((performance.now() - started) / 1000).toFixed(1)} s`);

  async function close(): Promise<void> {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }

  return { folder, url: postgres.url, database, close };
}

/** A PostgreSQL of its own with the seeded network, and the program on it. */
export async function startNetwork(scale: number): Promise<Network> {
  const { folder, url, database, close: closeDatabase } = await startSeeded(scale, seedNetwork);
  const start = (mode: 'api' | 'combined', more: Record<string, string> = {}) =>
    startProgram('server/main.ts', {
      APP_MODE: mode,
      DATABASE_URL: url,
      DATA_DIR: folder,
      PASETO_ACCESS_KEY: ACCESS_KEY.toString('base64'),
      PASETO_REFRESH_KEY: REFRESH_KEY.toString('base64'),
      RATE_LIMIT_FACTOR: '1000000',
      LOG_LEVEL: 'warn',
      ...more,
    });
  const program = await start('combined');

  async function tokenOf(n: number): Promise<string> {
    const userId = userIdOf(n);
    const [session] = await database.sql<{ id: string }[]>`
      insert into sessions (user_id, expires_at) values (${userId}, now() + interval '1 day') returning id`;
    return signAccess([ACCESS_KEY], {
      userId,
      sessionId: session!.id,
      expiresAt: new Date(Date.now() + 3_600_000),
    });
  }

  async function close(): Promise<void> {
    await program.stop();
    await closeDatabase();
  }

  return { database, url, program, start, tokenOf, close };
}

/** As the seed makes them: the digest of kind and number, written as a UUID of version 4. */
export function userIdOf(n: number): string {
  const hex = createHash('md5').update(`u${n}`).digest('hex');
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5');
}
