import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keyedTransaction } from './keyedTransaction.ts';

/**
 * The same thing said twice by the same person within a minute is said once: a double tap, or a request sent again whose answer
 * was lost. Whoever looks for the twin holds a lock that keeps a second one out. A request with an Idempotency-Key has none: its
 * key says whether it is another.
 */
export const aMomentAgo = (createdAt: SQLWrapper): SQL =>
  keyedTransaction.getStore() ? sql`false` : sql`${createdAt} > now() - interval '1 minute'`;
