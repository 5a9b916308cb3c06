import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { silentLog } from '../../infra/log/log.ts';
import type { Storage } from '../../infra/storage/storage.ts';
import { absent, broken, examine, type Finding, ok, reasonOf, warning } from './finding.ts';

const WITHIN_MS = 3_000;

/** Each by its own connection, so that one that is away hides nothing of the others. */
export const examineServices = (config: Config): (() => Promise<Finding>)[] => [
  () =>
    examine('redis', () => lookAtRedis(config), 'Start it, or correct REDIS_URL; Ciel runs on without it.'),
  () =>
    examine(
      'storage',
      () => lookAtStorage(config),
      'Look at S3_ENDPOINT, S3_BUCKET and the credentials, or who may write DATA_DIR.',
    ),
  () =>
    examine('queue', () => lookAtQueue(config), 'Look at QUEUE_ENDPOINT, QUEUE_NAME and the credentials.'),
  () => examine('server', () => lookAtServer(config), 'Look at its log.'),
];

async function lookAtRedis({ redisUrl, isEmbedded }: Config) {
  if (redisUrl === null)
    return absent(
      'not configured: cache and limits are in each process',
      isEmbedded ? null : 'Set REDIS_URL as soon as more than one process serves the API.',
    );
  const { connectRedis } = await import('../../infra/cache/connectRedis.ts');
  const { client, run, close } = connectRedis(redisUrl, silentLog, WITHIN_MS);
  let reason = 'no answer';
  client.on('error', (error) => {
    reason = reasonOf(error);
  });
  try {
    await once(client, 'ready', { signal: AbortSignal.timeout(WITHIN_MS) }).catch(() => {
      throw new Error(reason);
    });
    const asked = performance.now();
    await run((redis) => redis.ping());
    return ok(`answers in ${Math.ceil(performance.now() - asked)} ms`);
  } finally {
    await close();
  }
}

async function lookAtStorage({ s3, dataDir, publicUrl }: Config) {
  if (!s3) {
    const { createFileStorage } = await import('../../infra/storage/files.ts');
    const root = join(dataDir, 'files');
    if (!existsSync(root)) return absent(`${root} is not there`, 'npm start makes it.');
    return tryOut(createFileStorage({ root, secrets: [randomBytes(32)], publicUrl }), root);
  }
  const { createS3Storage } = await import('../../infra/storage/s3.ts');
  return tryOut(createS3Storage({ ...s3, log: silentLog }), `the bucket ${s3.bucket}`);
}

/** Writes, reads and removes a small object. */
async function tryOut(storage: Storage, where: string) {
  const key = `priv/doctor-${randomBytes(16).toString('base64url')}/probe`;
  const body = randomBytes(64);
  try {
    await storage.ping();
    const options = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
    await storage.write(key, body, options);
    const read = await storage.read(key, body.length);
    await storage.remove([key]);
    return read.equals(body)
      ? ok(`${where} takes objects and gives them back`)
      : broken(where, 'It gives back other bytes than it took.');
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
    return dead > 0 ? warning(says, 'npm run ciel -- replay --all tries them again.') : ok(says);
  } finally {
    await sqs.close();
  }
}

async function lookAtServer({ publicUrl, trustedProxies }: Config) {
  const answer = await fetch(`${publicUrl}/health/ready`, { signal: AbortSignal.timeout(WITHIN_MS) }).catch(
    () => null,
  );
  if (!answer) return absent(`none answers at ${publicUrl}`, 'npm start starts it.');
  const { status } = (await answer.json()) as { status?: string };
  if (status !== 'ok')
    return warning(`${publicUrl} is ${status ?? answer.status}`, 'The lines above say what it lacks.');
  if (publicUrl.startsWith('https:') && trustedProxies.length === 0)
    return warning(
      `${publicUrl} answers`,
      'Behind a proxy everybody has its address, and shares its limits: set TRUSTED_PROXY_CIDRS.',
    );
  return ok(`${publicUrl} answers`);
}
