import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeDataFolder } from '../support/dataFolder.ts';
import { makePhotograph } from '../support/photograph.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { connectTo } from '../support/queues.ts';
import { type Services, startServices } from '../support/services.ts';
import { inviteFrom, signUp, takeWholePath } from '../support/visit.ts';

let services: Services;
const running: Program[] = [];

beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());
afterEach(async () => {
  const endings = await Promise.all(running.splice(0).map((program) => program.stop()));
  expect(endings.map(({ code }) => code)).toEqual(endings.map(() => 0));
});

async function start(...environments: Record<string, string>[]): Promise<Program> {
  const program = await startProgram('server/main.ts', Object.assign({}, ...environments));
  running.push(program);
  return program;
}

const readiness = async ({ url }: Program) => {
  const response = await fetch(`${url}/health/ready`);
  return { status: response.status, body: await response.json() };
};

describe('the whole path goes', () => {
  test('through one process on an external database', async () => {
    await using folder = await makeDataFolder();
    const { forDatabase, forApi } = services;
    const program = await start(forDatabase, forApi, { APP_MODE: 'combined', DATA_DIR: folder.path });
    await takeWholePath(program.url);
  });

  test('through an API and a worker that share a database and a folder', async () => {
    await using folder = await makeDataFolder();
    const { forDatabase, forApi, forRedis } = services;
    const api = await start(forDatabase, forApi, forRedis, { DATA_DIR: folder.path });
    // It needs neither keys nor Redis.
    const worker = await start(forDatabase, { APP_MODE: 'worker', DATA_DIR: folder.path });
    await takeWholePath(api.url);
    for (const [method, path, status, code] of [
      ['GET', '/v1/feed', 404, 'not_found'],
      ['POST', '/', 404, 'not_found'],
      ['POST', '/health', 405, 'method_not_allowed'],
    ] as const) {
      const response = await fetch(`${worker.url}${path}`, { method });
      expect([response.status, await response.json()]).toMatchObject([status, { status, code }]);
    }
    expect(await readiness(worker)).toMatchObject({
      status: 200,
      body: { dependencies: { postgres: 'ok', storage: 'ok' } },
    });
  });

  test('through an API, its relay, SQS, S3, Redis and a worker', async () => {
    const { forDatabase, forApi, forRedis, forS3, forSqs, sqs } = services;
    const api = await start(forDatabase, forApi, forRedis, forS3, forSqs);
    await start(forDatabase, forS3, forSqs, { APP_MODE: 'worker' });
    const { post } = await takeWholePath(api.url);
    const { url, status } = await fetch(post.media[0]!.variants[0]!.url);
    expect([status, url.startsWith(services.s3.url)]).toEqual([200, true]);
    await expect.poll(() => sqs.bodies('media')).toEqual([]);
    const { body } = await readiness(api);
    expect(body).toEqual({
      status: 'ok',
      dependencies: { postgres: 'ok', storage: 'ok', cache: 'ok', queue: 'ok' },
    });
  });
});

test('whoever can write to SQS can remove no object: a worker puts the message aside', {
  timeout: 400_000,
}, async () => {
  const { forDatabase, forApi, forS3, forSqs, sqs, s3 } = services;
  const worker = await start(forDatabase, forS3, forSqs, { APP_MODE: 'worker' });
  await expect
    .poll(async () => (await readiness(worker)).body, { timeout: 60_000 })
    .toMatchObject({ status: 'ok' });
  const { objects } = s3.buckets.get('photographs')!;
  const key = 'orig/a-photograph-of-somebody';
  objects.set(key, { body: Buffer.from('photo'), etag: '', modifiedAt: new Date(), headers: {} });
  const messages = [
    JSON.stringify({ kind: 'media.removeObjects', keys: [key] }),
    JSON.stringify({ kind: 'account.leave', userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11' }),
    '[]',
  ];
  for (const message of messages) sqs.sendRaw('media', message);
  await expect
    .poll(() => sqs.bodies('media-dead').toSorted(), { timeout: 60_000 })
    .toEqual(messages.toSorted());
  await expect.poll(() => sqs.bodies('media'), { timeout: 60_000 }).toEqual([]);
  expect(objects.has(key)).toBe(true);
  // An API beside it lists them with the dead jobs of the table.
  await start(forDatabase, forApi, forS3, forSqs);
  await expect.poll(() => sqs.bodies('media-dead'), { timeout: 120_000, interval: 500 }).toEqual([]);
  const sql = connectTo(services.databaseUrl);
  const dead =
    await sql.sql`select kind from jobs where queue = 'media' and dead_at is not null order by kind`;
  expect(dead.map(({ kind }) => kind)).toEqual(['account.leave', 'media.removeObjects', 'unreadable']);
  await sql.close();
});

describe('a serverless worker', () => {
  const post = async ({ url }: Program, body: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: (await response.json()) as { status: string } };
  };

  /** Hands jobs to the worker as a platform does, until it is stopped. */
  function startPlatform(worker: Program) {
    let isStopped = false;
    const statuses: string[] = [];
    const run = async () => {
      for (; !isStopped; await sleep(20))
        for (const body of services.sqs.bodies('media')) {
          const { status } = (await post(worker, body)).body;
          statuses.push(status);
        }
    };
    const ran = run();
    return {
      statuses,
      stop: () => {
        isStopped = true;
        return ran;
      },
    };
  }

  test('makes the pictures of the jobs that are posted to it, however often they are', async () => {
    const { forDatabase, forApi, forRedis, forS3, forSqs } = services;
    const api = await start(forDatabase, forApi, forRedis, forS3, forSqs);
    const worker = await start(forDatabase, forS3, { APP_MODE: 'serverless-worker' });
    const platform = startPlatform(worker);
    await takeWholePath(api.url);
    await platform.stop();
    expect(new Set(platform.statuses)).toEqual(new Set(['done']));
    services.sqs.forgetAll();
  });

  test('tells what will never work from what may work later', async () => {
    const { forDatabase, forApi, forS3 } = services;
    const api = await start(forDatabase, forApi, forS3);
    const HTTP_ADDR = `0.0.0.0:${await freePort()}`;
    const worker = await start(forDatabase, forS3, { APP_MODE: 'serverless-worker', HTTP_ADDR });
    expect(worker.output()).toContain('WORKER_TOKEN is not set');
    expect((await fetch(`${worker.url}/health`)).status).toBe(200);
    for (const job of [
      '{"kind":"feed.fanOut"}',
      '{"kind":"media.removeObjects","keys":["orig/1"]}',
      '{"kind":"media.process","mediaId":"no id"}',
      '{"Records":[{"eventSource":"aws:s3","s3":{}}]}',
      '{"kind":"toString"}',
      'null',
      '[]',
      '{"kind":',
      '',
    ])
      expect(await post(worker, job)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });

    const { ciel } = await signUp(api.url, await inviteFrom(api.url), 'patient');
    const mediaId = await ciel.upload(await makePhotograph(3));
    const job = JSON.stringify({ kind: 'media.process', mediaId });
    services.s3.fail({ times: 3, status: 503 });
    expect(await post(worker, job)).toMatchObject({ status: 503, body: { status: 'retry' } });
    expect(await post(worker, job)).toMatchObject({ status: 200, body: { status: 'done' } });
    expect(await ciel.media.status({ uploadId: mediaId })).toMatchObject({ status: 'completed' });
  });
});

describe('metrics', () => {
  const read = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/metrics`, { headers });
    return [
      response.status,
      response.ok && (await response.text()).includes('process_resident_memory_bytes'),
    ];
  };
  const ADMIN_TOKEN = 'the admin token of this installation';

  test.each(['api', 'worker', 'serverless-worker'])(
    'are served by %s, with the admin token',
    async (APP_MODE) => {
      const { forDatabase, forApi, forS3 } = services;
      const program = await start(forDatabase, forApi, forS3, { APP_MODE, ADMIN_TOKEN });
      expect(await read(program.url)).toEqual([403, false]);
      expect(await read(program.url, { 'x-admin-token': ADMIN_TOKEN })).toEqual([200, true]);
    },
  );

  test.each(['api', 'worker'])(
    'are served by %s on an address of their own, and only there',
    async (APP_MODE) => {
      const { forDatabase, forApi, forS3 } = services;
      const METRICS_ADDR = `127.0.0.1:${await freePort()}`;
      const program = await start(forDatabase, forApi, forS3, { APP_MODE, ADMIN_TOKEN, METRICS_ADDR });
      expect(await read(program.url, { 'x-admin-token': ADMIN_TOKEN })).toEqual([404, false]);
      expect(await read(`http://${METRICS_ADDR}`)).toEqual([200, true]);
      expect((await fetch(`http://${METRICS_ADDR}/v1/feed`)).status).toBe(404);
    },
  );
});
