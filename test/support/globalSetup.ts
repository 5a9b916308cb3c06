import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { connectDatabase } from '../../server/infra/db/connect.ts';
import { migrate } from '../../server/infra/db/migrate.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { startEmbeddedPostgres } from '../../server/infra/postgres/startEmbedded.ts';
import { startPgBouncer } from './pgbouncer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a superuser, on the server that holds the template `ciel_template`. */
    postgresUrl: string;
    /** The same through PgBouncer in transaction mode, with TEST_POOLER; null otherwise. */
    poolerUrl: string | null;
  }
}

const MIGRATIONS = join(import.meta.dirname, '../../drizzle');

/** One server for the whole run, with a migrated database that each test copies. */
export default async function setup(project: TestProject) {
  const server = await startServer();
  try {
    await createTemplate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const pooler = process.env.TEST_POOLER ? await startPgBouncer(server.url, { mode: 'transaction' }) : null;
  project.provide('postgresUrl', server.url);
  project.provide('poolerUrl', pooler?.through(server.url) ?? null);
  return async () => {
    await pooler?.stop();
    await server.stop();
  };
}

async function startServer() {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), 'ciel-test-'));
  // As root, the server runs as another user, who must get through.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, fast: true });
  await makeSignInCheap(server.url);
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

async function createTemplate(url: string) {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await admin`drop database if exists ciel_template with (force)`;
    await admin`create database ciel_template`;
    await migrateTemplate(url);
    // One session in it is enough to make every copy fail.
    await admin`alter database ciel_template allow_connections false`;
  } finally {
    await admin.end();
  }
}

/** Tests open thousands of connections, and each would hash the password 4096 times on both sides. */
async function makeSignInCheap(url: string) {
  const admin = postgres(url, { max: 1 });
  const { username, password } = new URL(url);
  await admin`set scram_iterations = 1`;
  await admin.unsafe(`alter role "${username}" password '${password}'`);
  await admin.end();
}

async function migrateTemplate(url: string) {
  const templateUrl = new URL(url);
  templateUrl.pathname = '/ciel_template';
  const database = connectDatabase({
    url: templateUrl.href,
    maxConnections: 1,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel tests',
  });
  try {
    await migrate(database, MIGRATIONS);
  } finally {
    await database.close();
  }
}
