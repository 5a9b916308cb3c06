import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/**
 * The same thing said twice by the same person within a minute is said once: a double tap, or a request sent again whose answer
 * was lost, by a client that sends no Idempotency-Key. Whoever looks for the twin holds a lock that keeps a second one out.
 */
export const aMomentAgo = (createdAt: SQLWrapper): SQL => sql`${createdAt} > now() - interval '1 minute'`;
