import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { silentLog } from '../../../server/infra/log/log.ts';
import { startEmbeddedPostgres } from '../../../server/infra/postgres/startEmbedded.ts';
import { startS3Double } from '../doubles/s3.ts';
import { startSqsDouble } from '../doubles/sqs.ts';
import { type Program, startProgram } from '../program.ts';
import { startRedis } from '../redis.ts';
import { ADMIN_TOKEN, GENEROUS, SECRETS } from '../visit.ts';
import type { Side } from './calls.ts';

const QUEUE = 'media';
/** Jobs with a longer delay, as at the end of a ban, stay where they are. */
const SOON = '10 minutes';
const QUIET_WITHIN_MS = 60_000;

export interface Started extends Side {
  program: Program;
}

export type Installation = Awaited<ReturnType<typeof startInstallation>>;

/** One database, one store, one queue and, where there is a Redis, one cache, for programs of both versions. */
export async function startInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'ciel-rolling-'));
  // As root, PostgreSQL runs as another user, who must get through.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog, fast: true });
  const [s3, sqs, redis] = await Promise.all([
    startS3Double(),
    startSqsDouble(),
    startRedis('one cache of both versions'),
  ]);
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  const { accessKeyId, secretAccessKey, region } = s3.account;
  const environment: Record<string, string> = {
    APP_MODE: 'combined',
    DATABASE_URL: server.url,
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    ...SECRETS,
    // The default differs between the versions.
    UPLOAD_MAX_BYTES: '52428800',
    ...GENEROUS,
    S3_ENDPOINT: s3.url,
    S3_BUCKET: 'photographs',
    S3_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    QUEUE_ENDPOINT: sqs.endpoint,
    QUEUE_NAME: QUEUE,
    SQS_ACCESS_KEY: 'double',
    SQS_SECRET_KEY: 'double',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };

  async function start(name: Side['name'], root?: string): Promise<Started> {
    const program = await startProgram('server/main.ts', environment, '', root);
    return { name, url: program.url, program };
  }

  /** From now on no job is taken; returns what lets them go, and the kinds that were held. */
  async function holdJobs(): Promise<() => Promise<string[]>> {
    await sql`
      create or replace function hold_job() returns trigger language plpgsql
        as 'begin new.visible_at := new.visible_at + interval ''1000 days''; return new; end'`;
    await sql`create trigger hold_job before insert on jobs for each row execute function hold_job()`;
    return async () => {
      await sql`drop trigger hold_job on jobs`;
      const released = await sql<{ kind: string }[]>`
        update jobs set visible_at = visible_at - interval '1000 days'
        where visible_at > now() + interval '500 days' returning kind`;
      return [...new Set(released.map(({ kind }) => kind))].sort();
    };
  }

  /** Resolves when all jobs are done; throws when one is dead, or still there after a minute. */
  async function quiet(): Promise<void> {
    let left: object[] = [];
    for (const deadline = Date.now() + QUIET_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
      // Delays are not waited for.
      await sql`
        update jobs set visible_at = now()
        where visible_at between now() and now() + ${SOON}::interval and receive_count = 0 and receipt is null`;
      left = await sql`
        select kind, body, receive_count, last_error, dead_at from jobs
        where dead_at is not null or visible_at < now() + ${SOON}::interval`;
      const messages = sqs.bodies(QUEUE);
      if (left.length + messages.length === 0) return;
      left = [...left, ...messages.map((message) => ({ message }))];
    }
    throw new Error(`jobs are left: ${JSON.stringify(left).slice(0, 3000)}`);
  }

  async function close(): Promise<void> {
    await sql.end();
    await Promise.all([s3.close(), sqs.close(), redis?.stop(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }

  return { environment, start, holdJobs, quiet, close, hasRedis: redis !== null };
}

/** How many jobs the program has run, by kind and outcome, such as `media.process done`. */
export async function jobsOf({ url }: Side): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`, { headers: { 'x-admin-token': ADMIN_TOKEN } });
  const lines = (await response.text()).matchAll(
    /^ciel_job_seconds_count\{kind="(.+?)",outcome="(.+?)"\} (\d+)$/gm,
  );
  return new Map([...lines].map(([, kind, outcome, count]) => [`${kind} ${outcome}`, Number(count)]));
}
