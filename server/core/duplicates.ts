import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keyedTransaction } from './keyedTransaction.ts';

/**
 * Within a minute, the same write by the same user is done once: a double tap, or a request sent again because its
 * response was lost. Callers look for the duplicate under a lock that keeps a second one out. A request with an
 * Idempotency-Key is never treated as a duplicate here, because its key already decides that.
 */
export const withinTheLastMinute = (createdAt: SQLWrapper): SQL =>
  keyedTransaction.getStore() ? sql`false` : sql`${createdAt} > now() - interval '1 minute'`;
