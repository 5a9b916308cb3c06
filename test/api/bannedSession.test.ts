import { afterAll, expect } from 'vitest';
import { createRequestGuards } from '../../server/api/http/requestGuards.ts';
import { endpointsOf } from '../../server/api/rest/endpoints.ts';
import { appRouter } from '../../server/api/router.ts';
import { testWith } from '../support/fixtures.ts';
import { serverFor } from '../support/server.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let server: Awaited<ReturnType<typeof serverFor>>;
const test = testWith({ settings: { rateLimitFactor: 1000 } });
test.beforeAll(async ({ world: worldOfFile }) => {
  world = worldOfFile;
  const { app } = world;
  server = await serverFor(app);
});
afterAll(async () => {
  await server.close();
});

const asked = async (url: string, token: string, method: 'GET' | 'POST' = 'GET', payload?: object) => {
  const headers = { authorization: `Bearer ${token}` };
  const { statusCode, body } = await server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { statusCode, body: body === '' ? null : JSON.parse(body) };
};

test('a banned user can sign in, read, export and appeal, and nothing else', async () => {
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
  await expect.poll(async () => (await asked('/v1/feed', refreshed.json().accessToken)).statusCode).toBe(200);
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
  await expect.poll(async () => (await asked('/v1/feed', accessToken)).statusCode).toBe(200);
});

test('every procedure that knows the viewer refuses banned users, on both surfaces, except for these', async () => {
  const dora = await world.person('dora');
  const verdict = { rule: 'No spam', reason: 'Sells watches', durationHours: null };
  await world.admin.moderation.ban({ userId: dora.id, ...verdict });
  const login = { identifier: 'dora', password: dora.password };
  const signedIn = await server.inject({ method: 'POST', url: '/v1/auth/login', payload: login });
  const headers = { authorization: `Bearer ${signedIn.json().accessToken}` };
  const known = endpointsOf(appRouter(world.app)).filter(
    ({ meta }) => meta.access === 'user' || meta.access === 'viewer',
  );
  for (const { name, meta, method, path, type } of known.filter(({ meta }) => !meta.whileBanned)) {
    const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: {} };
    const url = `/v1${path.replace(/\{\w+\}/g, dora.id)}`;
    const overRest = await server.inject({ method, url, headers, ...payload });
    expect([name, meta.rest, overRest.json()]).toMatchObject([
      name,
      meta.rest,
      { code: 'account_banned', detail: expect.stringContaining('banned permanently') },
    ]);
    const overTrpc = await server.inject(
      type === 'query'
        ? { method: 'GET', url: `/trpc/${name}`, headers }
        : { method: 'POST', url: `/trpc/${name}`, headers, payload: { json: {} } },
    );
    expect([name, overTrpc.json().error.json.data.code]).toEqual([name, 'account_banned']);
  }
  expect(known.flatMap(({ name, meta }) => (meta.whileBanned ? [name] : [])).sort()).toEqual([
    'account.delete',
    'account.export',
    'auth.changePassword',
    'auth.endOtherSessions',
    'auth.endSession',
    'auth.me',
    'auth.sessions',
    'moderation.appeal',
    'moderation.myActions',
    'moderation.myAppeals',
  ]);
});

test('a session at another process knows of a ban and of its end', async () => {
  const erik = await world.person('erik');
  const peer = await createWorld({ peerOf: world });
  const elsewhere = createRequestGuards(peer.app);
  const restricted = { rule: 'No spam', reason: 'Sells watches', durationHours: 1 };
  await world.admin.moderation.ban({ userId: erik.id, ...restricted });
  const login = { identifier: 'erik', password: erik.password };
  const { accessToken } = await peer.anonymous.auth.login(login);
  expect(await elsewhere.authenticate(accessToken)).toMatchObject({ bannedUntil: expect.any(Date) });
  await world.admin.moderation.unban({ userId: erik.id, reason: 'It was somebody else' });
  await expect.poll(async () => (await elsewhere.authenticate(accessToken)).bannedUntil).toBeUndefined();
  await peer.close();
});

test('requests refused because of a ban count against the limits', async () => {
  const fred = await world.person('fred');
  const ban = { rule: 'No spam', reason: 'Sells watches', durationHours: 1 };
  await world.admin.moderation.ban({ userId: fred.id, ...ban });
  const login = { identifier: 'fred', password: fred.password };
  const { accessToken } = await world.anonymous.auth.login(login);
  // Of a budget as it is in earnest: of one a thousand times as large a request comes back after 30 ms.
  const peer = await createWorld({ peerOf: world, settings: { rateLimitFactor: 1 } });
  const strict = await serverFor(peer.app);
  const left = async () => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await strict.inject({ method: 'GET', url: '/v1/bookmarks', headers });
    expect(answer.statusCode).toBe(401);
    return Number(answer.headers['ratelimit-remaining']);
  };
  expect((await left()) - (await left())).toBe(1);
  await strict.close();
  await peer.close();
});
