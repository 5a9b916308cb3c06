import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { silentLog } from '../../../server/infra/log/log.ts';
import { startEmbeddedPostgres } from '../../../server/infra/postgres/startEmbedded.ts';
import { createSqsQueue, type SqsQueue } from '../../../server/infra/queue/sqs.ts';
import { startS3Double } from '../doubles/s3.ts';
import { type FaultProxy, startFaultProxy } from '../faultProxy.ts';
import { freePort, type Program, startProgram } from '../program.ts';
import { GENEROUS, SECRETS } from '../visit.ts';
import { startElasticMq, startRedisEngine } from './servers.ts';

export type Role = 'api one' | 'api two' | 'worker one' | 'worker two';
export type Installation = Awaited<ReturnType<typeof startInstallation>>;

const ROLES: Role[] = ['api one', 'api two', 'worker one', 'worker two'];
const QUIET_WITHIN_MS = 120_000;

/** Two APIs and two workers on a real PostgreSQL, Redis and ElasticMQ, and on the S3 double behind a proxy. */
export async function startInstallation(keepsMessages: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'ciel-engines-'));
  // As root, PostgreSQL runs as another user, who must get through.
  await chmod(folder, 0o755);
  mkdirSync(join(folder, 'queue'));
  const database = await startEmbeddedPostgres({ dataDir: folder, log: silentLog });
  const [s3, redis, queue] = await Promise.all([
    startS3Double(),
    startRedisEngine(),
    startElasticMq(join(folder, 'queue'), keepsMessages),
  ]);
  const store: FaultProxy = await startFaultProxy(Number(new URL(s3.url).port));
  const sql = postgres(database.url, { max: 2, onnotice: () => {} });
  const endpoint = `http://127.0.0.1:${queue.port}`;
  const { accessKeyId, secretAccessKey, region } = s3.account;
  const environment: Record<string, string> = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    LOG_LEVEL: 'info',
    ACCESS_TTL_MINUTES: '600',
    ...SECRETS,
    ...GENEROUS,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    S3_ENDPOINT: `http://127.0.0.1:${store.port}`,
    S3_BUCKET: 'photographs',
    S3_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    QUEUE_ENDPOINT: endpoint,
    QUEUE_NAME: 'media',
    SQS_ACCESS_KEY: 'any',
    SQS_SECRET_KEY: 'any',
  };
  const ports = new Map<Role, number>();
  for (const role of ROLES) ports.set(role, await freePort());
  const programs = new Map<Role, Program>();

  async function start(role: Role): Promise<void> {
    const program = await startProgram('server/main.ts', {
      ...environment,
      APP_MODE: role.startsWith('api') ? 'api' : 'worker',
      HTTP_ADDR: `127.0.0.1:${ports.get(role)}`,
    });
    programs.set(role, program);
  }

  for (const role of ROLES) await start(role);

  /** Sends to and reads from the queue as anybody who may. */
  const messages: SqsQueue = createSqsQueue({
    queueName: 'media',
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });

  /** What waits, is dead, or hangs; empty when there is nothing. */
  async function leftOver(): Promise<string[]> {
    const jobs = await sql<{ what: string }[]>`
      select queue || ' ' || kind || case when dead_at is null then '' else ' is dead: ' || coalesce(last_error, '') end as what
      from jobs where dead_at is not null or visible_at < now() + interval '5 minutes'`;
    const photographs = await sql<{ what: string }[]>`
      select 'a photograph is ' || status as what from media where status in ('uploaded', 'processing')`;
    return [...jobs, ...photographs].map(({ what }) => what);
  }

  /** Resolves when everything is done; throws with what is left after two minutes. */
  async function untilQuiet(): Promise<void> {
    let left: string[] = [];
    for (const deadline = Date.now() + QUIET_WITHIN_MS; Date.now() < deadline; await sleep(250)) {
      left = await leftOver().catch((error: Error) => [error.message]);
      if (left.length === 0) return;
    }
    throw new Error(`left over: ${[...new Set(left)].slice(0, 10).join('; ')} (${left.length})`);
  }

  async function close(): Promise<void> {
    await Promise.all([...programs.values()].map((program) => program.stop()));
    await messages.close();
    await sql.end();
    await Promise.all([store.close(), s3.close(), redis.kill(), queue.kill(), database.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }

  return {
    environment,
    sql,
    database,
    s3,
    store,
    redis,
    queue,
    messages,
    urls: ['api one', 'api two'].map((role) => `http://127.0.0.1:${ports.get(role as Role)}`) as [
      string,
      string,
    ],
    program: (role: Role) => programs.get(role)!,
    start,
    async stop(role: Role, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
      const program = programs.get(role)!;
      program.kill(signal);
      await program.ended;
    },
    untilQuiet,
    close,
  };
}
