import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, as, createHost, type Host } from '../host.ts';

const states: Record<'postgres' | 'cache', () => Promise<void>> = {
  postgres: async () => {},
  cache: async () => {},
};

const gone = () => Promise.reject(new Error('connect ECONNREFUSED'));
const fine = async () => {};

let host: Host;
beforeAll(async () => {
  host = await createHost({ probes: { postgres: () => states.postgres(), cache: () => states.cache() } });
});
afterAll(() => host.close());

const ready = async () => {
  const response = await host.send('GET /health/ready');
  return { code: response.statusCode, ...response.json() };
};

describe('readiness', () => {
  test('is ok while every dependency responds', async () => {
    Object.assign(states, { postgres: fine, cache: fine });
    expect(await ready()).toEqual({ code: 200, status: 'ok', dependencies: { postgres: 'ok', cache: 'ok' } });
  });

  test('is degraded, and still there, without the cache', async () => {
    Object.assign(states, { postgres: fine, cache: gone });
    expect(await ready()).toEqual({
      code: 200,
      status: 'degraded',
      dependencies: { postgres: 'ok', cache: 'degraded' },
    });
  });

  test('is gone without Postgres, and says nothing of why', async () => {
    Object.assign(states, { postgres: gone, cache: fine });
    expect(await ready()).toEqual({
      code: 503,
      status: 'degraded',
      dependencies: { postgres: 'degraded', cache: 'ok' },
    });
  });

  test('does not wait for a dependency that never responds', async () => {
    Object.assign(states, { postgres: fine, cache: () => new Promise(() => {}) });
    expect(await ready()).toMatchObject({ code: 200, dependencies: { cache: 'degraded' } });
  });

  test('many requests at once are one check', async () => {
    let asked = 0;
    const counting = async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    Object.assign(states, { postgres: counting, cache: fine });
    await Promise.all(Array.from({ length: 20 }, ready));
    expect(asked).toBe(1);
  });
});

test('liveness asks nobody', async () => {
  Object.assign(states, { postgres: gone, cache: gone });
  const response = await host.send('GET /health');
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ status: 'ok' });
});

test('health is limited by address', async () => {
  const response = await host.send('GET /health');
  expect(response.headers['ratelimit-limit']).toBe('600');
});

describe('metrics', () => {
  test('are for admins only', async () => {
    expect((await host.send('GET /metrics')).statusCode).toBe(403);
    expect((await host.send('GET /metrics', as('alice'))).statusCode).toBe(403);
  });

  test('count requests by route and procedures by outcome, on both surfaces', async () => {
    const input = encodeURIComponent(JSON.stringify({ json: { kind: 'known' } }));
    await host.send('GET /v1/notes?limit=1');
    await host.send('GET /v1/notes?limit=0');
    await host.send(`GET /trpc/moderation.fail?input=${input}`);
    await host.send('GET /nowhere/canary');
    const response = await host.send('GET /metrics', { headers: { 'x-admin-token': ADMIN_TOKEN } });
    expect(response.headers['content-type']).toMatch(/^text\/plain/);
    expect(response.body).toContain(
      'ciel_procedure_calls_total{procedure="posts.list",surface="rest",outcome="ok"} 1',
    );
    expect(response.body).toContain(
      'ciel_procedure_calls_total{procedure="posts.list",surface="rest",outcome="invalid_input"} 1',
    );
    expect(response.body).toContain(
      'ciel_procedure_calls_total{procedure="moderation.fail",surface="trpc",outcome="not_found"} 1',
    );
    expect(response.body).toContain(
      'ciel_http_request_seconds_count{method="GET",route="/v1/notes",status="400"} 1',
    );
    expect(response.body).toContain(
      'ciel_http_request_seconds_count{method="GET",route="none",status="404"} 1',
    );
    expect(response.body).toContain('nodejs_eventloop_lag_seconds');
    expect(response.body).not.toContain('canary');
  });
});
