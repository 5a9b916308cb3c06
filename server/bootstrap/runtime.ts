import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { deriveKeys, loadSecrets } from '../config/secrets.ts';
import type { App } from '../core/app.ts';
import { keyedOr } from '../core/keyedTransaction.ts';
import { isHeicAvailable } from '../imaging/heicLibrary.ts';
import type { Cache } from '../infra/cache/cache.ts';
import { createMemoryCache } from '../infra/cache/memory.ts';
import type { Database } from '../infra/db/db.ts';
import { openDatabase } from '../infra/db/openDatabase.ts';
import { createFallbackLimiter } from '../infra/limiter/fallback.ts';
import type { Limiter } from '../infra/limiter/limiter.ts';
import { createMemoryLimiter } from '../infra/limiter/memory.ts';
import { createLog, type Log } from '../infra/log/log.ts';
import { explainDamage, explainFileError } from '../infra/postgres/explainFailure.ts';
import { joinOrStart } from '../infra/postgres/joinOrStart.ts';
import { startEmbeddedPostgres } from '../infra/postgres/startEmbedded.ts';
import { prepareService } from '../infra/prepareService.ts';
import type { SqsQueue } from '../infra/queue/sqs.ts';
import { createTableQueue, type TableQueue } from '../infra/queue/table.ts';
import { createWake, type Wake } from '../infra/queue/wake.ts';
import { createFileStorage, type FileStorage } from '../infra/storage/files.ts';
import type { Storage } from '../infra/storage/storage.ts';
import { startTracing } from '../infra/tracing/openTelemetry.ts';
import { tracedMethods } from '../infra/tracing/tracing.ts';
import { createDecoders } from '../jobs/decoders.ts';
import { migrateDirectly, requireMigrated } from './migrations.ts';
import { unlessAborted } from './unlessAborted.ts';
import { versionOf } from './version.ts';

/** The App and its backing services, started. */
export interface Runtime {
  app: App;
  config: Config;
  log: Log;
  database: Database;
  /** The job queues in the database, by name. */
  tables: { media: TableQueue; effects: TableQueue };
  /** The queue that workers take media jobs from; null when that is the table. */
  sqs: SqsQueue | null;
  /** Set when the API serves the objects itself. */
  files: FileStorage | null;
  /** Resolves when the store has been prepared, which may be after the start. */
  storageReady: Promise<void>;
  /** Each resolves when its dependency responds. */
  probes: Record<string, () => Promise<void>>;
  close(): Promise<void>;
}

/** Options for a script, which may run while a server does. */
export interface ScriptRuntimeOptions {
  log: Log;
  /** Create an embedded database when there is none. */
  mayCreate: boolean;
}

/** Starts everything. If the signal aborts first, closes what was opened and rejects with the signal's reason. */
export async function openRuntime(
  config: Config,
  signal = new AbortController().signal,
  beside: ScriptRuntimeOptions | null = null,
): Promise<Runtime> {
  const log = beside?.log ?? createLog(config.logLevel);
  const closers: (() => Promise<void>)[] = [];
  if (config.tracesEndpoint) closers.push(await startTracing(versionOf()));
  try {
    const database = await openMigrated(config, log, closers, signal, beside);
    const secrets = loadSecrets(config);
    const opened = openStorage(config, secrets.refreshKeys, log, closers);
    const { storage, files, storageReady } = await unlessAborted(signal, opened);
    const { cache, limiter } = await openCache(config, log, closers);
    const wakes = { media: createWake(), effects: createWake() };
    const tables = {
      media: tableQueue(database, 'media', wakes.media),
      effects: tableQueue(database, 'effects', wakes.effects),
    };
    const sqs = await unlessAborted(signal, openSqs(config, log, closers));
    const decoders = createDecoders(log);
    closers.push(() => decoders.close());
    const app: App = {
      get db() {
        return keyedOr(database.db);
      },
      cache,
      storage: tracedMethods('storage', storage, [
        'read',
        'readStart',
        'write',
        'copy',
        'remove',
        'list',
        'head',
      ]),
      limiter,
      decoders,
      log,
      secrets,
      settings: settingsOf(config),
      wakeWorkers: (queue) => wakes[queue as keyof typeof wakes]?.notify(),
      afterCommit: null,
    };
    const probes: Runtime['probes'] = {
      postgres: async () => void (await database.sql`select 1`),
      storage: () => storage.ping(),
      cache: () => cache.ping(),
      ...(sqs ? { queue: () => sqs.ping() } : {}),
    };
    const close = () => closeAll(closers);
    return { app, config, log, database, tables, sqs, files, storageReady, probes, close };
  } catch (error) {
    await closeAll(closers);
    const explained = config.isEmbedded ? explainDamage(error, join(config.dataDir, 'postgres')) : error;
    throw explainFileError(explained, config.dataDir);
  }
}

export function settingsOf(config: Config): App['settings'] {
  return {
    publicUrl: config.publicUrl,
    accessTtlMinutes: config.accessTtlMinutes,
    refreshTtlDays: config.refreshTtlDays,
    uploadUrlTtlSeconds: config.uploadUrlTtlSeconds,
    uploadMaxBytes: config.uploadMaxBytes,
    acceptsHeic: isHeicAvailable,
    signupMode: config.signupMode,
    signupsPerAddressPerDay: config.signupsPerAddressPerDay,
    rateLimitFactor: config.rateLimitFactor,
    widelyFollowedAt: 5000,
    feedEntriesKept: 500,
  };
}

async function openMigrated(
  config: Config,
  log: Log,
  closers: (() => Promise<void>)[],
  signal: AbortSignal,
  beside: ScriptRuntimeOptions | null,
): Promise<Database> {
  let url = config.database.url;
  let isShared = url !== null;
  if (url === null) {
    const options = { dataDir: config.dataDir, log };
    const postgres = beside
      ? await joinOrStart({ ...options, mayCreate: beside.mayCreate })
      : { ...(await startEmbeddedPostgres(options)), isShared: false };
    closers.push(() => postgres.stop());
    ({ url, isShared } = postgres);
    signal.throwIfAborted();
  }
  const { pooler, leftOut } = config.database;
  if (leftOut.length > 0)
    log.info({ parameters: leftOut }, 'left out parameters of DATABASE_URL that are for other programs');
  const options = { ...config.database, url, applicationName: `ciel ${config.mode}` };
  const opening = openDatabase(options);
  opening.then((late) => (signal.aborted ? late.close() : undefined)).catch(() => {});
  const database = await unlessAborted(signal, opening);
  closers.push(() => database.close());
  if (database.pooled) log.info({ pooler, ...database.pooled }, 'a pooler is in front of PostgreSQL');
  if (beside && isShared) await unlessAborted(signal, requireMigrated(database));
  else await unlessAborted(signal, migrateDirectly(database, options));
  return database;
}

async function openStorage(
  config: Config,
  refreshKeys: Buffer[],
  log: Log,
  closers: (() => Promise<void>)[],
): Promise<{ storage: Storage; files: FileStorage | null; storageReady: Promise<void> }> {
  if (config.s3) {
    const { createS3Storage } = await import('../infra/storage/s3.ts');
    const storage = createS3Storage({ ...config.s3, log });
    closers.push(() => storage.close());
    const variables = 'S3_ENDPOINT, S3_BUCKET and the credentials';
    const service = { name: 'the object store', variables, log };
    const { ready, close } = await prepareService(() => storage.prepare(), service);
    closers.push(close);
    return { storage, files: null, storageReady: ready };
  }
  const files = createFileStorage({
    root: join(config.dataDir, 'files'),
    secrets: deriveKeys(refreshKeys, 'files'),
    publicUrl: config.publicUrl,
  });
  closers.push(() => files.close());
  await files.prepare();
  return { storage: files, files, storageReady: Promise.resolve() };
}

async function openCache(
  config: Config,
  log: Log,
  closers: (() => Promise<void>)[],
): Promise<{ cache: Cache; limiter: Limiter }> {
  const local = createMemoryLimiter();
  if (!config.redisUrl) return { cache: createMemoryCache(), limiter: local };
  const { connectRedis } = await import('../infra/cache/connectRedis.ts');
  const { createRedisCache } = await import('../infra/cache/redis.ts');
  const { createRedisLimiter } = await import('../infra/limiter/redis.ts');
  const redis = connectRedis(config.redisUrl, log);
  closers.push(() => redis.close());
  return {
    cache: createRedisCache(redis, log),
    limiter: createFallbackLimiter(createRedisLimiter(redis), local, log),
  };
}

const tableQueue = (database: Database, queue: 'media' | 'effects', wake: Wake) =>
  createTableQueue({ db: database.db, queue, wake });

async function openSqs(config: Config, log: Log, closers: (() => Promise<void>)[]): Promise<SqsQueue | null> {
  if (!config.queue) return null;
  const { createSqsQueue } = await import('../infra/queue/sqs.ts');
  const queue = createSqsQueue({ ...config.queue, queueName: config.queue.name });
  closers.push(() => queue.close());
  const variables = 'QUEUE_ENDPOINT, QUEUE_NAME and the credentials';
  const { close } = await prepareService(() => queue.prepare(0), { name: 'the queue', variables, log });
  closers.push(close);
  return queue;
}

/** In reverse order of opening. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}
