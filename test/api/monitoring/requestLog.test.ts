import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { as, createHost, type Host } from '../host.ts';

const CANARY = 'canary-51ab';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.lines.length = 0;
});

test('each request is one line: method, route, status, time, id and user', async () => {
  await host.send('POST /v1/notes', {
    headers: { ...as('alice').headers, 'x-request-id': 'r-1' },
    payload: { text: 'Milk' },
  });
  expect(host.lines).toEqual([
    {
      level: 'info',
      message: 'request',
      method: 'POST',
      route: '/v1/notes',
      status: 201,
      ms: expect.any(Number),
      requestId: 'r-1',
      procedures: 'posts.create',
      viewerId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11',
    },
  ]);
});

test('a batch names its procedures, and no others', async () => {
  await host.send(`GET /trpc/posts.list,${CANARY}?batch=1&input=${encodeURIComponent('{"0":{"json":{}}}')}`);
  expect(host.lines).toMatchObject([{ route: '/trpc/:path', procedures: 'posts.list' }]);
});

test('nothing that a client sent is in it: no path, query, header or body', async () => {
  const headers = {
    authorization: `Bearer ${CANARY}`,
    'x-admin-token': CANARY,
    'x-admin-actor': CANARY,
    'user-agent': `${CANARY}\u001b[31m`,
    'idempotency-key': CANARY,
    cookie: CANARY,
    'x-request-id': `${CANARY} with a space`,
    'x-forwarded-for': CANARY,
    origin: CANARY,
  };
  await host.send(`GET /v1/notes/${CANARY}?token=${CANARY}`, { headers });
  await host.send(`POST /v1/notes?token=${CANARY}`, { headers, payload: { text: CANARY, [CANARY]: 1 } });
  await host.send(`POST /trpc/posts.create?token=${CANARY}`, {
    headers,
    payload: { json: { text: CANARY } },
  });
  await host.send('POST /v1/notes', {
    headers: { ...headers, 'content-type': 'application/json' },
    payload: `{${CANARY}`,
  });
  await host.send(`GET /${CANARY}`, { headers });
  await host.send(`GET /%ff${CANARY}`, { headers });
  await host.send('GET /v1/audit', { headers });
  expect(host.lines.length).toBeGreaterThanOrEqual(6);
  expect(JSON.stringify(host.lines)).not.toContain(CANARY);
});

test('probes are for those who debug', async () => {
  await host.send('GET /health');
  await host.send('GET /health/ready');
  await host.send('GET /metrics');
  expect(host.lines.map(({ level }) => level)).toEqual(['debug', 'debug', 'debug']);
});
