import postgres, { type Sql } from 'postgres';

/** What the driver's queries have beyond their types. */
interface DriverQuery {
  /** Null until the query was written to a connection. */
  state: object | null;
  cancelled: unknown;
  handler(query: DriverQuery): void;
  reject(error: unknown): void;
}

/** Each failure clears the connection that had the error, and the next attempt usually takes that one. */
const MOST_ATTEMPTS = 10;

/**
 * Sends again what failed before it was sent. When a busy connection is closed with an error, postgres.js 3.4 keeps the error and
 * rejects the first query of the next connection with it, minutes later.
 */
export function sendUnsentAgain(sql: Sql): Sql {
  const { unsafe } = sql;
  // Not through the proxy: the driver begins its transactions with this property.
  sql.unsafe = ((...args: Parameters<typeof unsafe>) => watched(unsafe(...args))) as typeof unsafe;
  return new Proxy(sql, { apply: (target, self, args) => watched(Reflect.apply(target, self, args)) });
}

function watched<T>(query: T): T {
  // A call may also make a part of a query.
  if (!(query instanceof Promise)) return query;
  const sent = query as unknown as DriverQuery;
  const reject = sent.reject;
  let attempts = 1;
  sent.reject = (error) => {
    if (!isStale(error) || sent.state !== null || sent.cancelled || attempts++ >= MOST_ATTEMPTS)
      return reject(error);
    // By then the connection is open, and free of the error.
    setImmediate(() => sent.handler(sent));
  };
  return query;
}

/** The error names the query that it ended; one about the connection itself, such as a wrong password, names none. */
const isStale = (error: unknown): boolean =>
  error instanceof postgres.PostgresError && error.query !== undefined;
