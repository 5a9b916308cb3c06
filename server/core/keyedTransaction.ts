import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from '../infra/db/db.ts';

interface KeyedTransaction {
  db: Db;
  afterCommit: (() => void | Promise<void>)[];
}

/**
 * The transaction that holds an idempotency key while its request runs. Ambient, because the key belongs to the request and
 * the writes to the service: the service's own transaction joins it, so that the effect and the key are committed together.
 */
export const keyedTransaction = new AsyncLocalStorage<KeyedTransaction>();

/** What reads of a request with a key use too: one that waited for a second connection while it holds its first could wait for ever. */
export const keyedOr = (db: Db): Db => keyedTransaction.getStore()?.db ?? db;
