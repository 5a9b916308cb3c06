import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGatekeeper } from '../../server/api/gatekeeper.ts';
import { createHttpServer } from '../../server/api/http.ts';
import { createMetrics } from '../../server/api/metrics.ts';
import { appRouter } from '../../server/api/router.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let server: Awaited<ReturnType<typeof createHttpServer>>;
beforeAll(async () => {
  world = await createWorld({ settings: { rateLimitFactor: 1000 } });
  const { app } = world;
  server = await createHttpServer(app, {
    router: appRouter(app),
    gatekeeper: createGatekeeper(app),
    version: '0.0.0',
    metrics: createMetrics(),
    probes: {},
    trustedProxies: [],
    corsOrigins: [],
    drainMs: 0,
  });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const asked = async (url: string, token: string, method: 'GET' | 'POST' = 'GET', payload?: object) => {
  const headers = { authorization: `Bearer ${token}` };
  const { statusCode, body } = await server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { statusCode, body: body === '' ? null : JSON.parse(body) };
};

test('who is banned can sign in, and read, export and appeal, and nothing else', async () => {
  const { alice } = await world.people('alice');
  const { id: actionId } = await world.admin.moderation.ban({
    userId: alice.id,
    rule: 'No spam',
    reason: 'Sells watches',
    durationHours: 24,
  });
  expect((await asked('/v1/auth/me', alice.tokens.accessToken)).statusCode).toBe(401);
  const login = { identifier: 'alice', password: alice.password };
  const signedIn = await server.inject({ method: 'POST', url: '/v1/auth/login', payload: login });
  expect(signedIn.statusCode).toBe(200);
  const { accessToken, refreshToken, user } = signedIn.json();
  expect(user.ban).toMatchObject({ actionId, rule: 'No spam', reason: 'Sells watches' });

  for (const url of ['/v1/auth/me', '/v1/auth/sessions', '/v1/account/export', '/v1/account/appeals'])
    expect([url, (await asked(url, accessToken)).statusCode]).toEqual([url, 200]);
  const appealed = await asked('/v1/account/appeals', accessToken, 'POST', {
    actionId,
    text: 'It was not me',
  });
  expect(appealed.statusCode).toBe(201);

  for (const url of ['/v1/feed', '/v1/bookmarks', `/v1/users/${alice.id}`, '/v1/notifications']) {
    const { statusCode, body } = await asked(url, accessToken);
    expect([url, statusCode, body.code]).toEqual([url, 401, 'account_banned']);
  }
  const overTrpc = await asked(`/trpc/feed.home?input=${encodeURIComponent('{"json":{}}')}`, accessToken);
  expect(overTrpc.body.error.json.data).toMatchObject({ code: 'account_banned', httpStatus: 401 });

  const refreshed = await server.inject({
    method: 'POST',
    url: '/v1/auth/refresh',
    payload: { refreshToken },
  });
  expect(refreshed.statusCode).toBe(200);
  await world.admin.moderation.unban({ userId: alice.id, reason: 'It was somebody else' });
  await expect
    .poll(async () => (await asked('/v1/feed', refreshed.json().accessToken)).statusCode, { timeout: 2000 })
    .toBe(200);
});

test('a session is whole again when the ban ends by itself', async () => {
  const carol = await world.person('carol');
  await world.admin.moderation.ban({
    userId: carol.id,
    rule: 'No spam',
    reason: 'Sells watches',
    durationHours: 1,
  });
  const login = { identifier: 'carol', password: carol.password };
  const { accessToken } = (
    await server.inject({ method: 'POST', url: '/v1/auth/login', payload: login })
  ).json();
  expect((await asked('/v1/feed', accessToken)).body.code).toBe('account_banned');
  await world.database.sql`update users set banned_until = now() where id = ${carol.id}`;
  await expect
    .poll(async () => (await asked('/v1/feed', accessToken)).statusCode, { timeout: 2000 })
    .toBe(200);
});
