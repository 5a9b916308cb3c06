import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { isDamage } from '../postgres/explainFailure.ts';
import { StartupError } from '../startupError.ts';
import type { Database } from './db.ts';

/** Closes the database and throws StartupError when no connection succeeds in time or the server refuses it for good. */
export async function waitForDatabase(database: Database, seconds = 20): Promise<void> {
  await askDatabase(database.sql, () => database.sql`select 1`, seconds);
}

/** The same with a first question, and with the name of the variable that has the address; returns the answer. */
export async function askDatabase<T>(
  sql: Sql,
  ask: () => Promise<T>,
  seconds: number,
  variable = 'DATABASE_URL',
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let reason = 'no response'; ; await sleep(250)) {
    const outcome = await attempt(ask, Math.max(1, deadline - Date.now()));
    if ('answer' in outcome) return outcome.answer;
    reason = outcome.reason ?? reason;
    if (outcome.isFinal || Date.now() >= deadline) {
      // At once: closing later would first wait for the attempt that hangs.
      await sql.end({ timeout: 0 });
      throw unreachable(sql, `${reason}. Check ${variable}.`, outcome.error);
    }
  }
}

interface Failure {
  isFinal: boolean;
  /** Null when time ran out before any failure. */
  reason: string | null;
  error?: unknown;
}

async function attempt<T>(ask: () => Promise<T>, milliseconds: number): Promise<Failure | { answer: T }> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      ask().then((answer) => ({ answer })),
      sleep(milliseconds, { isFinal: true, reason: null }, { signal: timer.signal }),
    ]);
  } catch (error) {
    return explain(error);
  } finally {
    timer.abort();
  }
}

function explain(error: unknown): Failure {
  const { code = '', message } = error as { code?: string; message: string };
  const final = (reason: string): Failure => ({ isFinal: true, reason, error });
  if (code.startsWith('28')) return { isFinal: true, reason: 'the user or the password was rejected' };
  if (isDamage(error)) return final(`it is damaged (${message})`);
  if (CERTIFICATE.test(code)) return final(`its certificate is not trusted (${code})`);
  if (message.includes('statement pooling'))
    return final(
      'its pooler lends a session for one statement, and Ciel needs transactions: set pool_mode to transaction or session there',
    );
  if (/(startup|configuration) parameter/.test(message))
    return final(`it refuses a parameter of the URL (${message}): remove that parameter`);
  const words = error instanceof postgres.PostgresError ? `${message} (${code})` : code || String(error);
  return { isFinal: false, reason: reasons[code] ?? words, error };
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

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

function unreachable(sql: Sql, problem: string, cause: unknown) {
  const { host, port, database } = sql.options;
  return new StartupError(
    `Cannot use the PostgreSQL database "${database}" at ${host[0]}:${port[0]}: ${problem}`,
    { cause },
  );
}
