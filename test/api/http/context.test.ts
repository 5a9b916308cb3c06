import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_TOKEN, as, createHost, type Host, listen, talk } from '../host.ts';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());
afterEach(() => {
  host.gate.keyed.length = 0;
});

describe('the viewer', () => {
  test.each(['Bearer alice', 'bearer alice', 'BEARER  alice'])('%s is alice', async (authorization) => {
    const response = await host.send('GET /v1/asked', { headers: { authorization } });
    expect(response.json().viewer).toBe('alice');
  });

  test('nobody is nobody', async () => {
    expect((await host.send('GET /v1/asked')).json().viewer).toBeNull();
    expect((await host.send('POST /v1/notes', { payload: { text: 'Milk' } })).json()).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
  });

  test.each(['Bearer', 'Bearer ', 'Basic YWxpY2U6eA==', 'alice', 'Bearer alice bob', 'Bearer nobody', ''])(
    '%j is refused, even where nobody would be let in',
    async (authorization) => {
      const response = await host.send('GET /v1/asked', { headers: { authorization } });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer');
    },
  );

  test('a token in the query or in a cookie is none', async () => {
    const response = await host.send('GET /v1/asked', { headers: { cookie: 'authorization=Bearer alice' } });
    expect(response.json().viewer).toBeNull();
    expect((await host.send('GET /v1/asked?access_token=alice')).statusCode).toBe(400);
  });

  test('what a device calls itself is shortened and cleaned', async () => {
    const userAgent = `Ciel/1.0 \u00e9${'x'.repeat(500)}`;
    const { deviceName } = (
      await host.send('GET /v1/asked', { headers: { 'user-agent': userAgent } })
    ).json();
    expect(deviceName).toBe(`Ciel/1.0 ${'x'.repeat(191)}`);
  });
});

describe('the admin', () => {
  const audit = (headers: Record<string, string>) => host.send('GET /v1/audit', { headers });

  test('has the token, and may have a name', async () => {
    expect((await audit({ 'x-admin-token': ADMIN_TOKEN })).json()).toEqual({ actor: 'admin' });
    expect((await audit({ 'x-admin-token': ADMIN_TOKEN, 'x-admin-actor': 'Zoe' })).json()).toEqual({
      actor: 'Zoe',
    });
    expect(
      (await audit({ 'x-admin-token': ADMIN_TOKEN, 'x-admin-actor': 'z'.repeat(65) })).json(),
    ).toMatchObject({
      status: 400,
      errors: [{ field: 'x-admin-actor' }],
    });
  });

  test.each([
    ['no token', {}],
    ['an empty one', { 'x-admin-token': '' }],
    ['a wrong one', { 'x-admin-token': 'the wrong admin token of the tests, long too' }],
    ['its beginning', { 'x-admin-token': ADMIN_TOKEN.slice(0, -1) }],
    ['a character more', { 'x-admin-token': `${ADMIN_TOKEN}x` }],
    ['another case', { 'x-admin-token': ADMIN_TOKEN.toUpperCase() }],
    ['the token as a bearer', { authorization: `Bearer ${ADMIN_TOKEN}` }],
    ['the token as a cookie', { cookie: `x-admin-token=${ADMIN_TOKEN}` }],
  ])('%s is refused like any other', async (_, headers) => {
    const response = await audit(headers as Record<string, string>);
    const { requestId, ...problem } = response.json();
    expect(problem).toEqual({
      type: '/docs/errors#forbidden',
      title: 'Not allowed',
      status: 403,
      detail: 'Not allowed',
      code: 'forbidden',
    });
  });

  test('a token in the query is an unknown field', async () => {
    const response = await host.send(`GET /v1/audit?x-admin-token=${encodeURIComponent(ADMIN_TOKEN)}`);
    expect(response.statusCode).toBe(403);
  });

  test('two tokens are none, even when both are right', async () => {
    const port = await listen(host.server);
    const lines = ['GET /v1/audit HTTP/1.1', 'Host: ciel', 'Connection: close'];
    const sent = [...lines, `X-Admin-Token: ${ADMIN_TOKEN}`, `X-Admin-Token: ${ADMIN_TOKEN}`, '', ''];
    expect(await talk(port, sent.join('\r\n'))).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('without a token in the configuration nobody is', async () => {
    const closed = await createHost({ adminToken: null });
    for (const token of ['', 'null', 'undefined', ADMIN_TOKEN]) {
      const response = await closed.send('GET /v1/audit', { headers: { 'x-admin-token': token } });
      expect(response.statusCode).toBe(403);
    }
    await closed.close();
  });
});

describe('an idempotency key', () => {
  const create = (key: string) =>
    host.send('POST /v1/notes', {
      headers: { ...as('alice').headers, 'idempotency-key': key },
      payload: { text: 'Milk' },
    });

  test.each(['k', 'x'.repeat(128), '!"#$%&()*+,-./:;<=>?@[]^_`{|}~'])('%s is handed on', async (key) => {
    expect((await create(key)).statusCode).toBe(201);
    expect(host.gate.keyed).toMatchObject([{ key, procedure: 'posts.create', input: { text: 'Milk' } }]);
  });

  test.each(['', ' ', 'x'.repeat(129), 'a b', 'é'])('%j is a bad field', async (key) => {
    expect((await create(key)).json()).toMatchObject({ status: 400, errors: [{ field: 'idempotency-key' }] });
    expect(host.gate.keyed).toEqual([]);
  });

  test('on a read says nothing', async () => {
    const response = await host.send('GET /v1/asked', {
      headers: { ...as('alice').headers, 'idempotency-key': 'k' },
    });
    expect(response.statusCode).toBe(200);
    expect(host.gate.keyed).toEqual([]);
  });
});

describe('limits', () => {
  test('every limited response has the state of its limit', async () => {
    const response = await host.send('GET /v1/asked', as('bob'));
    expect(response.headers).toMatchObject({ 'ratelimit-limit': '600', 'ratelimit-remaining': '599' });
    expect(Number(response.headers['ratelimit-reset'])).toBeGreaterThan(0);
  });

  test('requests over the limit are refused with an exact time to wait; both surfaces share one budget', async () => {
    const own = await createHost();
    const rest = () => own.send('POST /v1/notes', { ...as('bob'), payload: { text: 'Milk' } });
    const trpc = () =>
      own.send('POST /trpc/posts.create', { ...as('bob'), payload: { json: { text: 'Milk' } } });
    for (let n = 0; n < 30; n++) {
      expect((await rest()).statusCode).toBe(201);
      expect((await trpc()).statusCode).toBe(200);
    }
    const refused = await rest();
    expect(refused.statusCode).toBe(429);
    expect(refused.json().code).toBe('rate_limited');
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '60', 'ratelimit-remaining': '0' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const refusedToo = await trpc();
    expect(refusedToo.statusCode).toBe(429);
    expect(Number(refusedToo.headers['retry-after'])).toBeGreaterThan(0);
    expect(refusedToo.json().error.json.data).toMatchObject({ code: 'rate_limited' });
    await own.close();
  });

  test('of a batch the tightest is shown', async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: { json: {} }, 1: { json: { limit: 1 } } }));
    const response = await host.send(`GET /trpc/users.ask,posts.list?batch=1&input=${input}`, as('alice'));
    expect(response.headers['ratelimit-limit']).toBe('600');
  });
});
