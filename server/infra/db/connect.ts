import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { isDamage } from '../postgres/explainFailure.ts';
import { StartupError } from '../startupError.ts';
import type { Database } from './db.ts';
import { abortLostTransactions } from './lostTransactions.ts';
import { prepared } from './prepared.ts';
import { sendUnsentAgain } from './staleErrors.ts';

export interface ConnectOptions {
  url: string;
  maxConnections: number;
  connectTimeoutSeconds: number;
  idleTimeoutSeconds: number;
  maxLifetimeSeconds: number;
  statementTimeoutSeconds: number;
  applicationName: string;
}

const LOCK_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_SECONDS = 5;

/** Opens no connection yet: the first query does. */
export function connectDatabase(options: ConnectOptions): Database {
  const driver = postgres(options.url, {
    max: options.maxConnections,
    connect_timeout: options.connectTimeoutSeconds,
    idle_timeout: options.idleTimeoutSeconds,
    max_lifetime: options.maxLifetimeSeconds,
    prepare: true,
    // No query here has an array parameter, and a failure of the driver's own query for array types would go uncaught.
    fetch_types: false,
    // The driver's own pauses grow to 20 s: a database that has recovered would be ignored for that long.
    backoff: (attempt) => Math.min(3 ** attempt / 100, 0.5) * (0.5 + Math.random() / 2),
    onnotice: () => {},
    connection: {
      application_name: options.applicationName,
      // For SSDs: at the default of 4, a table of 10,000 rows is read whole to find the thirty of a page.
      random_page_cost: 1.1,
      statement_timeout: options.statementTimeoutSeconds * 1000,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: options.statementTimeoutSeconds * 2000,
    },
  });
  const sql = abortLostTransactions(sendUnsentAgain(driver));
  const db = drizzle(
    new Proxy(sql, {
      get: (target, key) => (key === 'unsafe' ? prepared(target) : Reflect.get(target, key)),
    }),
  );
  return { db, sql, close: () => driver.end({ timeout: CLOSE_TIMEOUT_SECONDS }) };
}

/** Closes the database and throws StartupError when no connection succeeds in time or the server refuses the user. */
export async function waitForDatabase(database: Database, seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (let reason = 'no response'; ; await sleep(250)) {
    const failure = await firstFailure(database, Math.max(1, deadline - Date.now()));
    if (!failure) return;
    reason = failure.reason ?? reason;
    if (failure.isFinal || Date.now() >= deadline) {
      // At once: closing later would first wait for the attempt that hangs.
      await database.sql.end({ timeout: 0 });
      throw unreachable(database, reason, failure.error);
    }
  }
}

interface Failure {
  isFinal: boolean;
  /** Null when time ran out before any failure. */
  reason: string | null;
  error?: unknown;
}

async function firstFailure(database: Database, milliseconds: number): Promise<Failure | null> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      database.sql`select 1`.then(() => null),
      sleep(milliseconds, { isFinal: true, reason: null }, { signal: timer.signal }),
    ]);
  } catch (error) {
    return explain(error);
  } finally {
    timer.abort();
  }
}

function explain(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('28')) return { isFinal: true, reason: 'the user or the password was rejected' };
  if (isDamage(error)) return { isFinal: true, reason: `it is damaged (${error.message})`, error };
  return { isFinal: false, reason: reasons[code] ?? (code || String(error)), error };
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing is listening there',
  ECONNRESET: 'the connection was cut',
  CONNECTION_CLOSED: 'the connection was cut',
  CONNECT_TIMEOUT: 'no response',
  ETIMEDOUT: 'no response',
  EHOSTUNREACH: 'no route to the host',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name is unknown',
  '3D000': 'the database does not exist',
  '53100': 'its disk is full',
  '53300': 'it has no free connections',
  '57P03': 'it is still starting up',
};

function unreachable({ sql }: Database, reason: string, cause: unknown) {
  const { host, port, database } = sql.options;
  return new StartupError(
    `Cannot use the PostgreSQL database "${database}" at ${host[0]}:${port[0]}: ${reason}. Check DATABASE_URL.`,
    { cause },
  );
}
