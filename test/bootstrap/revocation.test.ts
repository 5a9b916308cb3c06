import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { type DataFolder, makeDataFolder } from '../support/dataFolder.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { makePhotograph } from '../support/photograph.ts';
import { type Program, startProgram } from '../support/program.ts';
import { startRedis } from '../support/redis.ts';
import { type Services, startServices } from '../support/services.ts';
import { ADMIN_TOKEN, inviteFrom, PASSWORD, signUp, type Visitor } from '../support/visit.ts';

const redis = await startRedis('the end of sessions over two APIs');

const STREAMS_END_WITHIN_MS = 5000;

let services: Services;
let folder: DataFolder;
let proxy: FaultProxy;
let apis: [Program, Program];
let code: string;

beforeAll(async () => {
  services = await startServices();
  folder = await makeDataFolder();
  if (redis) proxy = await startFaultProxy(redis.port);
  const environment = {
    ...services.forDatabase,
    ...services.forApi,
    DATA_DIR: folder.path,
    ...(redis ? { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } : {}),
  };
  apis = await Promise.all([
    startProgram('server/main.ts', environment),
    startProgram('server/main.ts', environment),
  ]);
  code = await inviteFrom(apis[0].url);
});
afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
  await Promise.all([proxy?.close(), services.close(), redis?.stop()]);
  await folder[Symbol.asyncDispose]();
});

interface Ended {
  visitor: Visitor;
  accessToken: string;
  refreshToken: string;
  uploadId: string;
}

/** At the first API; the checks ask both. */
const endings: [how: string, end: (person: Ended) => Promise<unknown>][] = [
  ['signing out', ({ refreshToken }) => post('/v1/auth/revoke', { refreshToken })],
  [
    'a change of the password elsewhere',
    async ({ visitor }) => {
      const elsewhere = await signedIn(visitor);
      await elsewhere.auth.changePassword({ currentPassword: PASSWORD, newPassword: 'a lake under fog' });
    },
  ],
  [
    'a ban',
    ({ visitor }) =>
      post(
        `/v1/moderation/users/${visitor.id}/ban`,
        { rule: 'No spam', reason: 'Sells watches', durationHours: 24 },
        { 'x-admin-token': ADMIN_TOKEN },
      ),
  ],
  ['deletion', async ({ visitor }) => (await signedIn(visitor)).account.delete({ password: PASSWORD })],
];

describe.each(redis ? (['with', 'without'] as const) : (['without'] as const))('%s Redis', (state) => {
  beforeAll(async () => {
    if (redis) await proxy.set({ kind: state === 'with' ? 'none' : 'refused' });
  });

  test.each(endings)('%s ends a session on every surface of both APIs', async (_, end) => {
    const person = await newcomer();
    for (const api of apis) expect(await statuses(api, person)).toEqual([200, 200, 201, 202, 200]);
    const streams = (await Promise.all(apis.map((api) => listen(api, person)))).flat();
    await end(person);
    const closed = Promise.all(streams.map((stream) => stream.ended));
    for (const api of apis) expect(await refresh(api, person)).toBe(401);
    await sleep(1000);
    for (const api of apis) {
      expect(await statuses(api, person)).toEqual([401, 401, 401, 401, 401]);
      expect(await refresh(api, person)).toBe(401);
    }
    const late = sleep(STREAMS_END_WITHIN_MS - 1000).then(() => streams.filter(({ isOpen }) => isOpen()));
    expect(await Promise.race([closed.then(() => []), late])).toEqual([]);
  });
});

let count = 0;

async function newcomer(): Promise<Ended> {
  count += 1;
  const visitor = await signUp(apis[0].url, code, `leaver_${count}`);
  const uploadId = await visitor.ciel.upload(await makePhotograph(1));
  const { accessToken, refreshToken } = (await visitor.ciel.session.get())!;
  return { visitor, accessToken, refreshToken, uploadId };
}

async function signedIn({ handle }: Visitor) {
  const ciel = createCiel({ url: apis[0].url });
  await ciel.signIn(handle, PASSWORD);
  return ciel;
}

/** Hears what happens for the person from now on: over REST, and by a tRPC subscription. */
function listen({ url }: Program, { accessToken }: Ended) {
  const paths = ['/v1/feed/events', `/trpc/feed.events?input=${encodeURIComponent('{"json":{}}')}`];
  return Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const reader = response.body!.getReader();
      let isOpen = (await reader.read()).value !== undefined;
      const ended = (async () => {
        while (isOpen) isOpen = !(await reader.read()).done;
      })();
      return { ended, isOpen: () => isOpen };
    }),
  );
}

/** REST, tRPC, the beginning of an upload and its end, and a stream. */
function statuses({ url }: Program, { accessToken, uploadId }: Ended): Promise<number[]> {
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ contentType: 'image/jpeg', bytes: 1000 });
  return Promise.all(
    [
      fetch(`${url}/v1/auth/me`, { headers }),
      fetch(`${url}/trpc/auth.me`, { headers }),
      fetch(`${url}/v1/media/upload`, { headers, method: 'POST', body }),
      fetch(`${url}/v1/media/upload/${uploadId}/complete`, { headers, method: 'POST' }),
      fetch(`${url}/v1/feed/events`, { headers }),
    ].map(async (asked) => {
      const { status, body } = await asked;
      await body?.cancel();
      return status;
    }),
  );
}

const refresh = async ({ url }: Program, { refreshToken }: Ended) =>
  (await send(`${url}/v1/auth/refresh`, { refreshToken })).status;

async function post(path: string, body: object, headers?: Record<string, string>): Promise<void> {
  const response = await send(`${apis[0].url}${path}`, body, headers);
  expect(response.ok).toBe(true);
}

const send = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
