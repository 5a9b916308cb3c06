import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import postgres, { type ISql, type TransactionSql } from 'postgres';
import { StartupError } from '../startupError.ts';
import type { Database } from './db.ts';

/** The same number in every process: the holder of the lock migrates. */
const MIGRATION_LOCK = 4_213_776_025;
const ATTEMPTS = 60;
const JOURNAL = 'meta/_journal.json';

/**
 * Applies the migrations of the folder that the database is missing, each in its own transaction. Migrations that only the database
 * knows belong to a newer version and are ignored. The record is the one that drizzle-kit keeps.
 */
export async function migrate(database: Database, folder: string): Promise<void> {
  if (!existsSync(join(folder, JOURNAL))) return;
  const applied = await findApplied(database.sql);
  for (const migration of readMigrationFiles({ migrationsFolder: folder })) {
    if (!applied.has(migration.folderMillis)) await applyPatiently(database, migration);
  }
}

/** Names of the migrations of the folder that the database is missing. */
export async function findPending(database: Database, folder: string): Promise<string[]> {
  const applied = await findApplied(database.sql);
  const journal = JSON.parse(readFileSync(join(folder, JOURNAL), 'utf8')) as Journal;
  return journal.entries.filter(({ when }) => !applied.has(when)).map(({ tag }) => tag);
}

interface Journal {
  entries: { tag: string; when: number }[];
}

async function findApplied(sql: ISql): Promise<Set<number>> {
  const [record] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!record?.exists) return new Set();
  const rows = await sql`select created_at from drizzle.__drizzle_migrations`;
  return new Set(rows.map((row) => Number(row.created_at)));
}

async function applyPatiently(database: Database, migration: MigrationMeta): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await database.sql.begin((transaction) => apply(transaction, migration));
      return;
    } catch (error) {
      if (!isLockConflict(error)) throw error;
      if (attempt === ATTEMPTS) {
        throw new StartupError(
          'A migration is waiting for a table that another session keeps locked: end long transactions and start again.',
        );
      }
      await sleep(200 + Math.random() * 400);
    }
  }
}

async function apply(transaction: TransactionSql, migration: MigrationMeta): Promise<void> {
  await transaction`set local statement_timeout = 0`;
  await transaction`set local lock_timeout = '10min'`;
  // A lock of the transaction, not of the session: it also works through a pooler, and ends when the connection is lost.
  await transaction`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
  if ((await findApplied(transaction)).has(migration.folderMillis)) return;
  await transaction`create schema if not exists drizzle`;
  await transaction`
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  // A session that waits for a table lock makes all later queries wait too.
  await transaction`set local lock_timeout = '900ms'`;
  for (const statement of migration.sql) await transaction.unsafe(statement);
  await transaction`
    insert into drizzle.__drizzle_migrations (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`;
}

function isLockConflict(error: unknown): boolean {
  return error instanceof postgres.PostgresError && (error.code === '55P03' || error.code === '40P01');
}
