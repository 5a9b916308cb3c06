import type { KeyObject } from 'node:crypto';
import type { Cache } from '../infra/cache/cache.ts';
import type { Db } from '../infra/db/db.ts';
import type { Limiter } from '../infra/limiter/limiter.ts';
import type { Log } from '../infra/log/log.ts';
import type { Storage } from '../infra/storage/storage.ts';
import { keyedTransaction } from './keyedTransaction.ts';

export interface Secrets {
  /** Of all lists of keys the first signs, and all verify. These are 32-byte Ed25519 seeds. */
  accessKeys: Buffer[];
  refreshKeys: Buffer[];
  cursorKeys: KeyObject[];
  /** Hash what devices and networks are told by; the first is used for new ones. */
  deviceKeys: Buffer[];
  /** Null: every admin procedure is refused. */
  adminToken: string | null;
}

export interface Settings {
  publicUrl: string;
  accessTtlMinutes: number;
  refreshTtlDays: number;
  uploadUrlTtlSeconds: number;
  uploadMaxBytes: number;
  signupMode: 'invite' | 'open';
  signupsPerAddressPerDay: number;
  rateLimitFactor: number;
  /** Followers above which an author's posts are merged when read instead of fanned out. */
  widelyFollowedAt: number;
  /** Entries of the home feed kept for each reader; what is older is read through the graph. */
  feedEntriesKept: number;
}

/** Everything a service needs. Inside a transaction `db` is that transaction. */
export interface App {
  db: Db;
  cache: Cache;
  storage: Storage;
  limiter: Limiter;
  log: Log;
  secrets: Secrets;
  settings: Settings;
  /** Tells the workers of this process that there may be jobs of this queue. */
  wakeWorkers(queue: string): void;
  /** Work for after the commit of the open transaction; null outside one. */
  afterCommit: (() => void | Promise<void>)[] | null;
}

/** Runs the work in a transaction, or joins the one that is open. */
export async function inTransaction<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  if (app.afterCommit) return work(app);
  const outer = keyedTransaction.getStore();
  if (outer) return work({ ...app, db: outer.db, afterCommit: outer.afterCommit });
  const afterCommit: (() => void | Promise<void>)[] = [];
  const result = await app.db.transaction((db) => work({ ...app, db, afterCommit }));
  for (const run of afterCommit) await run();
  return result;
}

/** Runs the work once the open transaction is committed, at once when none is open. Only for what may be lost. */
export async function afterCommit(app: App, work: () => void | Promise<void>): Promise<void> {
  if (app.afterCommit) app.afterCommit.push(work);
  else await work();
}
