import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { serveFiles } from '../../server/api/files/routes.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { createFileStorage, type FileStorage } from '../../server/infra/storage/files.ts';
import { createS3Storage } from '../../server/infra/storage/s3.ts';
import type { S3Options } from '../../server/infra/storage/s3Client.ts';
import type { Storage } from '../../server/infra/storage/storage.ts';
import { type S3Double, startS3Double } from './doubles/s3.ts';

export interface OpenStorage {
  storage: Storage;
  close(): Promise<void>;
}

interface FilesOptions {
  unfinishedBytes?: number;
  load?: Parameters<typeof serveFiles>[3];
}

/** A folder, served by Fastify on a loopback port. */
export async function openFiles(
  folder?: string,
  { unfinishedBytes, load }: FilesOptions = {},
): Promise<OpenStorage & { storage: FileStorage; root: string; url: string }> {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'ciel-files-')));
  // Listening comes first: the storage must know its URL before its routes are there.
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const storage = createFileStorage({
    root,
    secrets: [randomBytes(32)],
    publicUrl: url,
    ...(unfinishedBytes === undefined ? {} : { unfinishedBytes }),
  });
  await storage.prepare();
  const host = fastify({ serverFactory: (handler) => server.on('request', handler) });
  await serveFiles(host, storage, async () => false, load);
  await host.ready();
  return {
    storage,
    root,
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await host.close();
      await storage.close();
      if (folder === undefined) await rm(root, { recursive: true });
    },
  };
}

/** A bucket in the S3 double, through the real client. */
export async function openS3(options: Partial<S3Options> = {}): Promise<OpenStorage & { double: S3Double }> {
  const double = await startS3Double();
  const storage = createS3Storage({
    bucket: 'photographs',
    region: double.account.region,
    endpoint: double.url,
    forcePathStyle: true,
    credentials: double.account,
    log: silentLog,
    ...options,
  });
  await storage.prepare();
  return {
    storage,
    double,
    async close() {
      await storage.close();
      await double.close();
    },
  };
}

/** The store that the environment names, for the lane with a real one; null when it names none. */
function openNamedS3(environment: NodeJS.ProcessEnv): (() => Promise<OpenStorage>) | null {
  const { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY, TEST_S3_SECRET_KEY, TEST_S3_BUCKET } = environment;
  if (!endpoint) return null;
  return async () => {
    const storage = createS3Storage({
      bucket: TEST_S3_BUCKET ?? 'ciel-test',
      region: 'us-east-1',
      endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: TEST_S3_ACCESS_KEY ?? '', secretAccessKey: TEST_S3_SECRET_KEY ?? '' },
      log: silentLog,
    });
    await storage.prepare();
    return { storage, close: () => storage.close() };
  };
}

/** Every store that must keep the contract. */
export function storesUnderTest(environment: NodeJS.ProcessEnv): StoreUnderTest[] {
  const named = openNamedS3(environment);
  return [
    { name: 'files served by the API', open: () => openFiles(), verifiesHash: true },
    { name: 'the S3 double', open: () => openS3(), verifiesHash: true },
    // Older Ceph gateways store bytes that are not those of the signed checksum: the worker looks again.
    ...(named ? [{ name: 'the S3 store of the environment', open: named, verifiesHash: false }] : []),
  ];
}

interface StoreUnderTest {
  name: string;
  open: () => Promise<OpenStorage>;
  verifiesHash: boolean;
}
