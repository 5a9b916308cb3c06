import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Pooled } from './connect.ts';

/** A database or an open transaction: queries can't tell which. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;

export interface Database {
  db: Db;
  /** The underlying driver, for what the query builder can't express. */
  sql: Sql;
  /** Set behind a pooler, whose the sessions are. */
  pooled?: Pooled | undefined;
  close(): Promise<void>;
}
