import type { ISql, Sql } from 'postgres';

/**
 * `unsafe`, which is all that drizzle calls, with its statements prepared: the driver leaves that to the caller, drizzle says
 * no, and parsing and planning them anew costs more than half of a page of the feed.
 */
export const prepared =
  (sql: ISql): Sql['unsafe'] =>
  (query, parameters = [], options = {}) =>
    sql.unsafe(query, parameters, { ...options, prepare: parameters.length > 0 });
