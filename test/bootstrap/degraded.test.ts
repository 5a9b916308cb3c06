import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { launch, type Program, startProgram } from '../support/program.ts';
import { type Services, startServices } from '../support/services.ts';
import { takeWholePath } from '../support/visit.ts';

vi.setConfig({ testTimeout: 300_000 });

let services: Services;
let store: FaultProxy;
let queue: FaultProxy;
let behindProxies: Record<string, string>;

beforeAll(async () => {
  services = await startServices();
  store = await startFaultProxy(Number(new URL(services.s3.url).port));
  queue = await startFaultProxy(Number(new URL(services.sqs.endpoint).port));
  behindProxies = {
    ...services.forDatabase,
    ...services.forS3,
    ...services.forSqs,
    S3_ENDPOINT: `http://127.0.0.1:${store.port}`,
    QUEUE_ENDPOINT: `http://127.0.0.1:${queue.port}`,
  };
});
afterAll(async () => {
  await Promise.all([store.close(), queue.close()]);
  await services.close();
});

const readiness = async ({ url }: Program) => {
  const response = await fetch(`${url}/health/ready`);
  return [response.status, ((await response.json()) as { dependencies: object }).dependencies];
};

describe('with the store and the queue away', () => {
  test.each(['refused', 'silent'] as const)(
    '(%s) everything starts, and is whole when they are back',
    async (kind) => {
      services.sqs.forgetAll();
      services.s3.buckets.clear();
      for (const proxy of [store, queue]) await proxy.set({ kind });
      const [api, worker] = await Promise.all([
        startProgram('server/main.ts', { ...behindProxies, ...services.forApi }),
        startProgram('server/main.ts', { ...behindProxies, APP_MODE: 'worker' }),
      ]);
      await using _api = api;
      await using _worker = worker;
      const away = { postgres: 'ok', storage: 'degraded', queue: 'degraded' };
      // Who signs in needs neither; a worker does nothing without its store.
      expect(await readiness(api)).toEqual([200, { ...away, cache: 'ok' }]);
      expect(await readiness(worker)).toEqual([503, { ...away, cache: 'ok' }]);
      const policy = await fetch(`${api.url}/v1/media/policy`);
      expect(policy.status).toBe(200);

      for (const proxy of [store, queue]) await proxy.set({ kind: 'none' });
      const back = { postgres: 'ok', storage: 'ok', queue: 'ok', cache: 'ok' };
      for (const program of [api, worker])
        await expect.poll(() => readiness(program), { timeout: 120_000 }).toEqual([200, back]);
      await takeWholePath(api.url);
      for (const { output } of [api, worker]) expect(output()).toContain('so Ciel starts without it');
    },
  );
});

describe('refused credentials end a start with a sentence', () => {
  const refusalOf = async (environment: Record<string, string>) => {
    const { code, stderr } = await (await launch('server/main.ts', environment)).ended;
    expect(stderr).not.toContain('not the secret');
    return [code, stderr];
  };

  test('of the store', async () => {
    const environment = { ...behindProxies, AWS_SECRET_ACCESS_KEY: 'not the secret', APP_MODE: 'worker' };
    expect(await refusalOf(environment)).toEqual([
      1,
      expect.stringMatching(/^Cannot use the object store: it rejects the credentials .* S3_ENDPOINT.*\n$/),
    ]);
  });

  test('of the queue', async () => {
    const refusing = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException' }));
    });
    await new Promise<void>((listening) => refusing.listen(0, '127.0.0.1', listening));
    const { port } = refusing.address() as AddressInfo;
    try {
      const environment = {
        ...behindProxies,
        QUEUE_ENDPOINT: `http://127.0.0.1:${port}`,
        APP_MODE: 'worker',
      };
      expect(await refusalOf(environment)).toEqual([
        1,
        expect.stringMatching(/^Cannot use the queue: it rejects the credentials .* QUEUE_ENDPOINT.*\n$/),
      ]);
    } finally {
      refusing.close();
    }
  });
});
