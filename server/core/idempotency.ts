import { createHash } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import superjson from 'superjson';
import { idempotencyKeys } from '../schema/index.ts';
import type { App } from './app.ts';
import { CielError } from './errors.ts';
import { keyedTransaction } from './keyedTransaction.ts';
import { holdIdempotencyKey } from './locks.ts';

const KEPT = sql`now() - interval '24 hours'`;

interface KeyedRequest {
  userId: string;
  key: string;
  procedure: string;
  input: unknown;
}

/**
 * Runs the request once for its key; a repeat returns the first response. The key is written in the request's own
 * transaction, so a crash leaves both or neither. While it runs, a second request with the key is refused.
 */
export async function onceForKey<T>(app: App, request: KeyedRequest, run: () => Promise<T>): Promise<T> {
  const requestHash = hashOf(request);
  const afterCommit: (() => void | Promise<void>)[] = [];
  const answer = await app.db.transaction(async (db) => {
    if (!(await holdIdempotencyKey(db, request.userId, request.key)))
      throw new CielError('idempotency_running', { retryAfterSeconds: 1 });
    const [known] = await db
      .select()
      .from(idempotencyKeys)
      .where(
        and(
          eq(idempotencyKeys.userId, request.userId),
          eq(idempotencyKeys.key, request.key),
          gt(idempotencyKeys.createdAt, KEPT),
        ),
      );
    if (known && known.requestHash !== requestHash) throw new CielError('idempotency_mismatch');
    if (known) return superjson.parse<T>(known.answer);
    const fresh = await keyedTransaction.run({ db, afterCommit }, run);
    const row = { userId: request.userId, key: request.key, requestHash, answer: superjson.stringify(fresh) };
    await db
      .insert(idempotencyKeys)
      .values(row)
      .onConflictDoUpdate({
        target: [idempotencyKeys.userId, idempotencyKeys.key],
        set: { requestHash, answer: row.answer, createdAt: sql`now()` },
      });
    return fresh;
  });
  for (const work of afterCommit) await work();
  return answer;
}

/** Deletes up to 1000 keys older than 24 hours; returns how many. */
export async function removeExpiredKeys(app: App): Promise<number> {
  const rows = await app.db.execute(sql`
    delete from ${idempotencyKeys} where ctid in (
      select ctid from ${idempotencyKeys} where ${idempotencyKeys.createdAt} <= ${KEPT} limit 1000
    ) returning 1`);
  return rows.length;
}

const hashOf = ({ procedure, input }: KeyedRequest) =>
  createHash('sha256').update(procedure).update('\n').update(canonical(input)).digest('hex');

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      item && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  );
}
