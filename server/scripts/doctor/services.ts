import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { silentLog } from '../../infra/log/log.ts';
import type { Storage } from '../../infra/storage/storage.ts';
import { absent, broken, examine, type Finding, ok, reasonOf, warning } from './finding.ts';

const WITHIN_MS = 3_000;

/** Each has a connection of its own, so that one that is unavailable doesn't affect the others. */
export const examineServices = (config: Config): (() => Promise<Finding>)[] => [
  () =>
    examine(
      'redis',
      () => lookAtRedis(config),
      'Start it, or correct REDIS_URL; Ciel keeps running without it.',
    ),
  () =>
    examine(
      'storage',
      () => lookAtStorage(config),
      'Check S3_ENDPOINT, S3_BUCKET and the credentials, or the permissions of DATA_DIR.',
    ),
  () => examine('queue', () => lookAtQueue(config), 'Check QUEUE_ENDPOINT, QUEUE_NAME and the credentials.'),
  () => examine('server', () => lookAtServer(config), 'Check its log.'),
];

async function lookAtRedis({ redisUrl, isEmbedded }: Config) {
  if (redisUrl === null)
    return absent(
      'not configured: every process has its own cache and limits',
      isEmbedded ? null : 'Set REDIS_URL before more than one process serves the API.',
    );
  const { connectRedis } = await import('../../infra/cache/connectRedis.ts');
  const { client, run, close } = connectRedis(redisUrl, silentLog, WITHIN_MS);
  let reason = 'no response';
  client.on('error', (error) => {
    reason = reasonOf(error);
  });
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(WITHIN_MS) }).catch(() => {
      throw new Error(reason);
    });
    const asked = performance.now();
    await run((redis) => redis.ping());
    return ok(`responds in ${Math.ceil(performance.now() - asked)} ms`);
  } finally {
    await close();
  }
}

async function lookAtStorage({ s3, dataDir, publicUrl }: Config) {
  if (!s3) {
    const { createFileStorage } = await import('../../infra/storage/files.ts');
    const root = join(dataDir, 'files');
    if (!existsSync(root)) return absent(`${root} does not exist`, 'npm start creates it.');
    return probe(createFileStorage({ root, secrets: [randomBytes(32)], publicUrl }), root);
  }
  const { createS3Storage } = await import('../../infra/storage/s3.ts');
  return probe(createS3Storage({ ...s3, log: silentLog }), `the bucket ${s3.bucket}`);
}

/** Writes, reads and removes a small object. */
async function probe(storage: Storage, where: string) {
  const key = `priv/doctor-${randomBytes(16).toString('base64url')}/probe`;
  const body = randomBytes(64);
  try {
    await storage.ping();
    const options = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
    await storage.write(key, body, options);
    const read = await storage.read(key, body.length);
    await storage.remove([key]);
    return read.equals(body)
      ? ok(`${where} stores and returns objects`)
      : broken(where, 'It returned different bytes from those written.');
  } finally {
    await storage.close();
  }
}

async function lookAtQueue({ queue }: Config) {
  if (!queue) return absent('not configured: workers take jobs from the database');
  const { createSqsQueue } = await import('../../infra/queue/sqs.ts');
  const sqs = createSqsQueue({ ...queue, queueName: queue.name });
  try {
    await sqs.ping();
    const { ready, inFlight, dead } = await sqs.depth();
    const says = `${ready} ready, ${inFlight} in flight, ${dead} dead`;
    const advice = 'A server lists them under ciel dead within a minute; replay --all retries them.';
    return dead > 0 ? warning(says, advice) : ok(says);
  } finally {
    await sqs.close();
  }
}

async function lookAtServer({ publicUrl, trustedProxies }: Config) {
  const response = await fetch(`${publicUrl}/health/ready`, { signal: AbortSignal.timeout(WITHIN_MS) }).catch(
    () => null,
  );
  if (!response) return absent(`not reachable at ${publicUrl}`, 'npm start starts it.');
  const { status } = (await response.json()) as { status?: string };
  if (status !== 'ok')
    return warning(`${publicUrl} is ${status ?? response.status}`, 'The lines above say what is missing.');
  if (publicUrl.startsWith('https:') && trustedProxies.length === 0)
    return warning(
      `${publicUrl} responds`,
      "Behind a proxy all clients appear to have the proxy's address and share its limits: set TRUSTED_PROXY_CIDRS.",
    );
  return ok(`${publicUrl} responds`);
}
