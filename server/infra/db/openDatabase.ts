import { randomBytes } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { StartupError } from '../startupError.ts';
import {
  type ConnectOptions,
  connectDatabase,
  connectDriver,
  type Pooled,
  sessionSettings,
} from './connect.ts';
import type { Database } from './db.ts';
import { askDatabase } from './waitForDatabase.ts';

export type Pooler = 'none' | 'session' | 'transaction';

export interface OpenOptions extends ConnectOptions {
  /** What lies between here and PostgreSQL; null: to be found out. */
  pooler: Pooler | null;
  /** Named in errors. Default: DATABASE_URL. */
  variable?: string;
  /** How long to wait for the first connection. */
  waitSeconds?: number;
}

const STATEMENT = 'select $1::text as ciel_probe';

/**
 * Opens the database once it responds, in the way that a pooler in between allows. Throws StartupError when no connection succeeds in
 * time, or when none ever will.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { pooler, waitSeconds = 20, variable } = options;
  if (pooler === null || pooler === 'none') {
    // A setting that only a session of our own can have.
    const mark = randomBytes(8).toString('hex');
    const database = connectDatabase(options, { 'ciel.session': mark });
    const isOwn = await askDatabase(database.sql, () => isSessionOurs(database, mark), waitSeconds, variable);
    if (isOwn) return database;
    await database.close();
    if (pooler === 'none')
      throw new StartupError(
        `A pooler at ${variable ?? 'DATABASE_URL'} keeps the settings of a session from PostgreSQL, and DATABASE_POOLER is none: leave DATABASE_POOLER unset, or set it to transaction or session.`,
      );
  }
  // Bare, because only the next attempt tells why this one lost its connection.
  const probe = connectDriver({
    ...options,
    maxConnections: 1,
    pooled: { keepsNames: true, hasSettings: true },
  });
  const pooled = await askDatabase(probe, () => examine(probe, options), waitSeconds, variable);
  await probe.end();
  return connectDatabase({
    ...options,
    pooled: { ...pooled, keepsNames: pooled.keepsNames || pooler === 'session' },
  });
}

/** Poolers drop what a connection asks for, or refuse it: a session that others use too can't have it. */
async function isSessionOurs({ sql }: Database, mark: string): Promise<boolean> {
  try {
    const [row] = await sql`select current_setting('ciel.session', true) as mark`.simple();
    return row?.mark === mark;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.message.includes('startup parameter')) return false;
    throw error;
  }
}

/** A pooler that keeps named statements gives them names of its own. */
const examine = (sql: Sql, options: ConnectOptions): Promise<Pooled> =>
  sql.begin(async (transaction) => {
    const { statement } = await transaction.unsafe(STATEMENT, [''], { prepare: true });
    const names = await transaction`select name from pg_prepared_statements where statement = ${STATEMENT}`;
    const keepsNames = names.length > 0 && !names.some(({ name }) => name === statement.name);
    if (!keepsNames) await transaction`deallocate ${transaction(statement.name)}`.simple();
    const rows = await transaction.unsafe('select name, setting from pg_settings');
    const current = new Map(rows.map(({ name, setting }) => [name, Number(setting)]));
    const wanted = Object.entries(sessionSettings(options));
    return { keepsNames, hasSettings: wanted.every(([name, value]) => current.get(name) === value) };
  });
