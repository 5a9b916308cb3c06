import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from '../infra/db/db.ts';

interface KeyedTransaction {
  db: Db;
  afterCommit: (() => void | Promise<void>)[];
}

/**
 * The transaction that holds an idempotency key while its request runs. It is ambient because the key belongs to the
 * request and the writes to the service: the service's transaction joins it, so the effect and the key commit
 * together.
 */
export const keyedTransaction = new AsyncLocalStorage<KeyedTransaction>();

/**
 * The connection for reads in a request with a key. Waiting for a second connection while holding the first could
 * deadlock the pool.
 */
export const keyedOr = (db: Db): Db => keyedTransaction.getStore()?.db ?? db;
