import type { ISql, Sql } from 'postgres';
import { tracedStatement } from '../tracing/tracing.ts';

/**
 * `unsafe`, the only method that drizzle calls, with prepared statements. The driver leaves the choice to the caller and drizzle
 * declines, but parsing and planning again takes more than half the time of a feed page.
 */
export const prepared =
  (sql: ISql): Sql['unsafe'] =>
  (query, parameters = [], options = {}) =>
    tracedStatement(query, sql.unsafe(query, parameters, { ...options, prepare: parameters.length > 0 }));
