import type { KeyObject } from 'node:crypto';
import type { Cache } from '../infra/cache/cache.ts';
import type { Children } from '../infra/children/children.ts';
import type { Db } from '../infra/db/db.ts';
import type { Limiter } from '../infra/limiter/limiter.ts';
import type { Log } from '../infra/log/log.ts';
import type { Storage } from '../infra/storage/storage.ts';
import { keyedTransaction } from './keyedTransaction.ts';

export interface Secrets {
  /** In every list of keys the first one signs and all of them verify. These are 32-byte Ed25519 seeds. */
  accessKeys: Buffer[];
  refreshKeys: Buffer[];
  cursorKeys: KeyObject[];
  /** For the URLs of photographs that name their reader. */
  grantKeys: KeyObject[];
  /** Keys for the hashes that identify devices and networks; the first is used for new ones. */
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
  /** The optional decoder is installed. */
  acceptsHeic: boolean;
  signupMode: 'invite' | 'open';
  signupsPerAddressPerDay: number;
  rateLimitFactor: number;
  /** Authors with more followers than this are not fanned out; their posts are merged in when a feed is read. */
  widelyFollowedAt: number;
  /** Home feed entries kept for each reader; older posts are read through the follow graph. */
  feedEntriesKept: number;
}

/** Everything a service needs. Inside a transaction, `db` is that transaction. */
export interface App {
  db: Db;
  cache: Cache;
  storage: Storage;
  limiter: Limiter;
  /** The processes in which photographs are decoded. */
  decoders: Children;
  log: Log;
  secrets: Secrets;
  settings: Settings;
  /** Tells the workers of this process that the queue may have jobs. */
  wakeWorkers(queue: string): void;
  /** Work to run after the open transaction commits; null outside a transaction. */
  afterCommit: (() => void | Promise<void>)[] | null;
}

/** Runs the work in a transaction, or joins the one that is already open. */
export async function inTransaction<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  if (app.afterCommit) return work(app);
  const outer = keyedTransaction.getStore();
  if (outer) return work({ ...app, db: outer.db, afterCommit: outer.afterCommit });
  const afterCommit: (() => void | Promise<void>)[] = [];
  const result = await app.db.transaction((db) => work({ ...app, db, afterCommit }));
  for (const run of afterCommit) await run();
  return result;
}

/**
 * Runs the work after the open transaction commits, or at once when there is none. A crash in between loses the work,
 * so use it only for work that may be lost.
 */
export async function afterCommit(app: App, work: () => void | Promise<void>): Promise<void> {
  if (app.afterCommit) app.afterCommit.push(work);
  else await work();
}
