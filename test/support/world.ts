import { createSecretKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { inject } from 'vitest';
import { serveMedia } from '../../server/api/files/media.ts';
import { serveFiles } from '../../server/api/files/routes.ts';
import { createCaller } from '../../server/api/router.ts';
import { type App, inTransaction, type Settings } from '../../server/core/app.ts';
import { scriptContext, type Viewer } from '../../server/core/context.ts';
import { keyedOr } from '../../server/core/keyedTransaction.ts';
import { openSession } from '../../server/domains/auth/public.ts';
import { isNoAi } from '../../server/domains/media/delivery/service.ts';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import { createMemoryCache } from '../../server/infra/cache/memory.ts';
import type { Children } from '../../server/infra/children/children.ts';
import { connectDatabase } from '../../server/infra/db/connect.ts';
import { createMemoryLimiter } from '../../server/infra/limiter/memory.ts';
import { type Log, silentLog } from '../../server/infra/log/log.ts';
import type { Queue } from '../../server/infra/queue/queue.ts';
import { createTableQueue } from '../../server/infra/queue/table.ts';
import { createFileStorage } from '../../server/infra/storage/files.ts';
import type { Storage } from '../../server/infra/storage/storage.ts';
import { createDecoders } from '../../server/jobs/decoders.ts';
import { runJob } from '../../server/jobs/index.ts';
import { credentials, handles, users } from '../../server/schema/index.ts';
import { createUrlRecord, urlRecords } from './handedOut.ts';
import { watchLockOrder } from './lockOrder.ts';
import { photograph } from './photograph.ts';
import { createTestDatabase } from './postgres.ts';
import { openS3 } from './storages.ts';
import { watched } from './watch.ts';

export interface Person {
  id: string;
  handle: string;
  email: string;
  password: string;
  viewer: Viewer;
  tokens: { accessToken: string; refreshToken: string };
}

export type Caller = ReturnType<ReturnType<typeof createCaller>>;
export type World = Awaited<ReturnType<typeof createWorld>>;

interface WorldOptions {
  settings?: Partial<Settings>;
  /** Instead of files, or of the S3 double where the environment asks for it (TEST_STORAGE=s3); files whatever it asks for. */
  storage?: Storage | 'files';
  /** Instead of those that all worlds of this process share. */
  decoders?: Children;
  /** Instead of none. */
  log?: Log;
  /** False where the test breaks by hand what URLs depend on: objects, rows or keys. */
  readsUrlsAgain?: boolean;
  /** Shares the database, the objects and the secrets of this world, as another process of the installation does. */
  peerOf?: { app: App; databaseUrl: string; folder: string };
}

const onS3 = process.env.TEST_STORAGE === 's3';

/** They end with this process. */
const decoders = createDecoders(silentLog);

const PASSWORD = 'a bench under snow';
/** Hash of this password, as the server stores it: computing it for every user would take longer than everything else. */
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,p=1,t=2$j7F6qVMQlDm089U5Nq6+Pg$b6nUvT17SVC7oUEeonE90w5oA8LuRVtZIR3DeeHvQJA';

/** A separate Ciel in one process: real PostgreSQL, real files behind a real port, and users to call as. */
export async function createWorld({
  settings = {},
  storage: named,
  decoders: otherDecoders,
  peerOf,
  log = silentLog,
  readsUrlsAgain = true,
}: WorldOptions = {}) {
  const otherStorage = named === 'files' ? undefined : named;
  const ownDatabase = peerOf ? null : await createTestDatabase();
  const databaseUrl = peerOf?.databaseUrl ?? throughPooler(ownDatabase!.url);
  const folder = peerOf?.folder ?? (await mkdtemp(join(tmpdir(), 'ciel-test-')));
  const database = connectDatabase({
    url: databaseUrl,
    maxConnections: 10,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel test',
    ...(inject('poolerUrl') && { pooled: { keepsNames: false, hasSettings: false } }),
  });
  watchLockOrder(database);
  const host = peerOf ? null : await openHost();
  const publicUrl = peerOf?.app.settings.publicUrl ?? host!.url;
  const storage = createFileStorage({
    root: join(folder, 'files'),
    secrets: [Buffer.alloc(32, 5)],
    publicUrl,
  });
  await storage.prepare();
  const bucket = named === undefined && !peerOf && onS3 ? await openS3() : null;
  const app: App = {
    get db() {
      return keyedOr(database.db);
    },
    cache: createMemoryCache(),
    storage: otherStorage ?? peerOf?.app.storage ?? bucket?.storage ?? storage,
    limiter: createMemoryLimiter(),
    decoders: otherDecoders ?? decoders,
    log,
    secrets: {
      accessKeys: [Buffer.alloc(32, 1)],
      refreshKeys: [Buffer.alloc(32, 2)],
      cursorKeys: [createSecretKey(Buffer.alloc(32, 3))],
      grantKeys: [createSecretKey(Buffer.alloc(32, 6))],
      deviceKeys: [Buffer.alloc(32, 4)],
      adminToken: 'the admin token of the tests, long enough',
    },
    settings: { ...defaultSettings(publicUrl), ...peerOf?.app.settings, ...settings },
    wakeWorkers: () => {},
    afterCommit: null,
  };
  await host?.serve(app, storage);
  const create = createCaller(app);
  const canSee = (readerId: string | null, mediaId: string) =>
    create(scriptContext(readerId === null ? null : viewerOf(readerId)))
      .media.get({ mediaId })
      .then(
        () => true,
        () => false,
      );
  const urls = (peerOf && urlRecords.get(peerOf.app)) ?? createUrlRecord(app, canSee);
  urlRecords.set(app, urls);
  const tables = (['media', 'effects'] as const).map((queue) => createTableQueue({ db: database.db, queue }));

  const as = ({ viewer }: { viewer: Viewer }): Caller => watched(create(scriptContext(viewer)), urls.note);
  const anonymous = watched(create(scriptContext(null)), urls.note);

  async function person(handle: string): Promise<Person> {
    const email = `${handle}@example.org`;
    return inTransaction(app, async (app) => {
      const [user] = await app.db.insert(users).values({ handle, email, displayName: handle }).returning();
      const { id } = user!;
      await app.db.insert(handles).values({ handle: handle.toLowerCase(), userId: id });
      await app.db.insert(credentials).values({ userId: id, passwordHash: PASSWORD_HASH });
      const tokens = await openSession(app, id, { deviceName: 'script', address: null });
      const viewer = { id, handle, trustLevel: 0, isPrivate: false, sessionId: null };
      return { id, handle, email, password: PASSWORD, viewer, tokens };
    });
  }

  /** One person for each handle, as they are once they have signed up. */
  async function people<Handle extends string>(...handles: Handle[]): Promise<Record<Handle, Person>> {
    const pairs = await Promise.all(handles.map(async (handle) => [handle, await person(handle)] as const));
    return Object.fromEntries(pairs) as Record<Handle, Person>;
  }

  /** Runs jobs until none is ready; a job that fails, fails the test. */
  async function drain(): Promise<void> {
    for (let ran = -1; ran !== 0; ) {
      ran = 0;
      for (const queue of tables) ran += await runReady(app, queue);
    }
  }

  /** Uploads through the ticket as a client does, and completes; the worker runs at the next drain. */
  async function upload(owner: Person, body?: Buffer, contentType = 'image/jpeg'): Promise<string> {
    const bytes = body ?? (await photograph());
    const ticket = await as(owner).media.upload({ contentType, bytes: bytes.length });
    const response = await fetch(ticket.uploadUrl, {
      method: ticket.method,
      headers: ticket.headers,
      body: new Uint8Array(bytes),
    });
    if (!response.ok) throw new Error(`upload answered ${response.status}: ${await response.text()}`);
    await as(owner).media.complete({ uploadId: ticket.uploadId });
    return ticket.uploadId;
  }

  /** A published post with one new photograph. */
  async function post(
    author: Person,
    {
      caption = '',
      visibility = 'public',
      body,
    }: { caption?: string; visibility?: 'public' | 'followers'; body?: Buffer } = {},
  ) {
    const mediaId = await upload(author, body);
    const created = await as(author).posts.create({ mediaIds: [mediaId], caption, visibility });
    await drain();
    return created;
  }

  /** Does what is left to do, and reads the URLs of all responses again; throws when one is dead too early or alive too long. */
  async function requireUrls(most?: number): Promise<void> {
    if (urls.isEmpty()) return;
    await drain();
    const faults = await urls.faults(most);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  async function close(): Promise<void> {
    try {
      if (!peerOf && !otherStorage && readsUrlsAgain) await requireUrls();
    } finally {
      await shutDown();
    }
  }

  async function shutDown(): Promise<void> {
    await host?.close();
    await bucket?.close();
    await database.close();
    if (!peerOf) await rm(folder, { recursive: true, force: true });
    await ownDatabase?.drop();
  }

  return {
    app,
    database,
    databaseUrl,
    folder,
    as,
    anonymous,
    admin: anonymous,
    people,
    person,
    drain,
    upload,
    post,
    photograph,
    requireUrls,
    close,
  };
}

/** The database through the pooler that the environment asks for (TEST_POOLER). */
function throughPooler(url: string): string {
  const pooled = new URL(url);
  pooled.host = new URL(inject('poolerUrl') ?? url).host;
  return pooled.href;
}

const viewerOf = (id: string): Viewer => ({
  id,
  handle: '',
  trustLevel: 0,
  isPrivate: false,
  sessionId: null,
});

export const defaultSettings = (publicUrl: string): Settings => ({
  publicUrl,
  accessTtlMinutes: 15,
  refreshTtlDays: 30,
  uploadUrlTtlSeconds: 900,
  uploadMaxBytes: 10_485_760,
  acceptsHeic: isHeicAvailable,
  signupMode: 'open',
  signupsPerAddressPerDay: 3,
  rateLimitFactor: 1,
  widelyFollowedAt: 5000,
  feedEntriesKept: 500,
});

/** Serves the files. It listens first, because the storage signs URLs with its address. */
async function openHost() {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const fastify = Fastify({ serverFactory: (handler) => server.on('request', handler) });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async serve(app: App, files: ReturnType<typeof createFileStorage>) {
      await serveFiles(fastify, files, (key) => isNoAi(app, key));
      await serveMedia(fastify, app, app.storage === files ? files : null);
      await fastify.ready();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await fastify.close();
    },
  };
}

async function runReady(app: App, queue: Queue): Promise<number> {
  const { signal } = new AbortController();
  const deliveries = await queue.receive({ max: 10, visibilityMs: 60_000, waitMs: 0, signal });
  for (const delivery of deliveries) {
    await runJob(app, delivery.body, signal);
    await queue.ack(delivery);
  }
  return deliveries.length;
}
