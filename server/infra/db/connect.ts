import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import type { Database } from './db.ts';
import { type Settings, settingsPerTransaction } from './localSettings.ts';
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
  /** What a pooler in between allows. Without one every session is ours. */
  pooled?: Pooled;
}

export interface Pooled {
  /** Prepared statements keep their names. */
  keepsNames: boolean;
  /** The role has the settings of our sessions. */
  hasSettings: boolean;
}

const LOCK_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_SECONDS = 5;

/** The settings of each session. */
export const sessionSettings = ({ statementTimeoutSeconds }: ConnectOptions): Settings => ({
  // For SSDs: at the default of 4, a table of 10,000 rows is read whole to find the thirty of a page.
  random_page_cost: 1.1,
  statement_timeout: statementTimeoutSeconds * 1000,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: statementTimeoutSeconds * 2000,
});

/** Opens no connection yet: the first query does. The parameters are those of its sessions besides the settings. */
export function connectDatabase(options: ConnectOptions, parameters: Record<string, string> = {}): Database {
  const { pooled } = options;
  const driver = connectDriver(options, parameters);
  const guarded = abortLostTransactions(sendUnsentAgain(driver));
  const sql =
    pooled && !pooled.hasSettings ? settingsPerTransaction(guarded, sessionSettings(options)) : guarded;
  const db = drizzle(
    new Proxy(sql, {
      get: (target, key) => (key === 'unsafe' ? prepared(target) : Reflect.get(target, key)),
    }),
  );
  const close = () => driver.end({ timeout: CLOSE_TIMEOUT_SECONDS });
  return { db, sql, pooled, close };
}

/** The bare driver, which reports a lost connection as it may. */
export function connectDriver(options: ConnectOptions, parameters: Record<string, string> = {}): Sql {
  const { pooled } = options;
  return postgres(options.url, {
    max: options.maxConnections,
    connect_timeout: options.connectTimeoutSeconds,
    idle_timeout: options.idleTimeoutSeconds,
    max_lifetime: options.maxLifetimeSeconds,
    prepare: pooled?.keepsNames ?? true,
    // No query here has an array parameter, and a failure of the driver's own query for array types would go uncaught.
    fetch_types: false,
    // The driver's own pauses grow to 20 s: a database that has recovered would be ignored for that long.
    backoff: (attempt) => Math.min(3 ** attempt / 100, 0.5) * (0.5 + Math.random() / 2),
    onnotice: () => {},
    connection: {
      application_name: options.applicationName,
      ...(pooled ? {} : sessionSettings(options)),
      ...parameters,
    },
  });
}
