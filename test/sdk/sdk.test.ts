import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect } from 'vitest';
import {
  CielError,
  createCiel,
  EmailTakenError,
  HandleTakenError,
  isCielError,
  memoryStore,
  type Progress,
} from '../../sdk/src/index.ts';
import { errorCatalogue } from '../../server/core/errors.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { makePhotograph } from '../support/photograph.ts';

const PASSWORD = 'a bench under snow';
let host: Host;

const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(({ host: hostOfFile }) => {
  host = hostOfFile;
});

const signedUp = async (handle: string, fetch = globalThis.fetch) => {
  const ciel = createCiel({ url: host.url, fetch });
  await ciel.signUp({ handle, displayName: handle, email: `${handle}@example.org`, password: PASSWORD });
  return ciel;
};

const profileOf = (handle: string) => createCiel({ url: host.url }).users.byHandle({ handle });

async function portOfNobody(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('a photograph appears in the follower’s feed', async () => {
  const [alice, bob] = [await signedUp('alice'), await signedUp('bob')];
  await bob.social.follow({ userId: (await profileOf('alice')).id });
  const progress: Progress[] = [];
  const photo = await makePhotograph(1, { width: 1200, height: 900 });

  const mediaId = await alice.upload(photo, { altText: 'Stripes', onProgress: (p) => progress.push(p) });
  const post = await alice.posts.create({ mediaIds: [mediaId], caption: 'First', visibility: 'public' });
  await host.drain();

  const { items } = await bob.feed.home();
  expect(items.map(({ id }) => id)).toEqual([post.id]);
  expect(items[0]).toMatchObject({
    caption: 'First',
    createdAt: expect.any(Date),
    media: [{ altText: 'Stripes', status: 'completed' }],
  });
  expect(progress.at(-1)).toEqual({ sent: photo.length, total: photo.length });
  expect(progress.map(({ sent }) => sent)).toEqual(progress.map(({ sent }) => sent).sort((a, b) => a - b));
});

test('waiting for an upload ends when every size is made, and tells what was wrong with it', async () => {
  const carol = await signedUp('carol');
  const worker = setInterval(() => void host.drain(), 50);
  try {
    const mediaId = await carol.upload(await makePhotograph(2), { wait: true });
    expect(await carol.media.get({ mediaId })).toMatchObject({ status: 'completed' });
    const half = (await makePhotograph(3)).subarray(0, 4000);
    await expect(carol.upload(half, { wait: true })).rejects.toMatchObject({
      name: 'CielError',
      code: 'media_unusable',
    });
  } finally {
    clearInterval(worker);
  }
});

test('an aborted upload says so', async () => {
  const dora = await signedUp('dora');
  const abort = new AbortController();
  const upload = dora.upload(await makePhotograph(4, { width: 2000, height: 1500 }), {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(upload).rejects.toMatchObject({ code: 'aborted' });
});

describe('lists', () => {
  test('iteration gives every item once, over pages, also while new ones come', async () => {
    const erin = await signedUp('erin');
    const { id } = await profileOf('erin');
    for (let i = 0; i < 7; i += 1) await host.insertFollower(id, `reader${i}`);
    const seen: string[] = [];
    for await (const { user } of erin.social.followers({ userId: id, limit: 2 })) {
      if (seen.length === 3) await host.insertFollower(id, 'late');
      seen.push(user.handle);
    }
    expect(seen).toEqual(['reader6', 'reader5', 'reader4', 'reader3', 'reader2', 'reader1', 'reader0']);
  });

  test('an awaited list is one page', async () => {
    const frank = await signedUp('frank');
    const { id } = await profileOf('frank');
    for (let i = 0; i < 3; i += 1) await host.insertFollower(id, `fan${i}`);
    const { items, nextCursor } = await frank.social.followers({ userId: id, limit: 2 });
    expect(items).toHaveLength(2);
    expect(nextCursor).toEqual(expect.any(String));
  });

  test('is caught and ended like any promise', async () => {
    const { feed } = createCiel({ url: host.url });
    let ends = 0;
    const code = await feed
      .home()
      .finally(() => {
        ends += 1;
      })
      .catch((error: CielError) => error.code);
    expect({ code, ends }).toEqual({ code: 'unauthenticated', ends: 1 });
    expect(await feed.home().catch((error: CielError) => error.status)).toBe(401);
  });
});

describe('errors', () => {
  test('carry the code, the fields and the request id', async () => {
    const error = await createCiel({ url: host.url })
      .signUp({ handle: 'x', displayName: 'X', email: 'no', password: 'short' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CielError);
    expect(error).toMatchObject({ code: 'invalid_input', status: 400, requestId: expect.any(String) });
    expect((error as CielError).errors.map(({ field }) => field).sort()).toEqual([
      'email',
      'handle',
      'password',
    ]);
    expect((error as CielError).field('email')).toEqual(expect.any(String));
    expect((error as CielError).field('displayName')).toBeUndefined();
  });

  test('of a taken handle can be told from others', async () => {
    await signedUp('gina');
    const error = await signedUp('GINA').catch((e: unknown) => e);
    expect(isCielError(error, 'handle_taken')).toBe(true);
    expect(isCielError(error, 'email_taken')).toBe(false);
    expect(error).toBeInstanceOf(HandleTakenError);
    expect(error).not.toBeInstanceOf(EmailTakenError);
    expect(new HandleTakenError('taken', { status: 409 })).toMatchObject({
      code: 'handle_taken',
      status: 409,
    });
    expect(new HandleTakenError()).toBeInstanceOf(CielError);
  });

  test('of an unavailable server are network errors', async () => {
    const ciel = createCiel({ url: `http://127.0.0.1:${await portOfNobody()}`, retry: { attempts: 1 } });
    await expect(ciel.auth.revoke({ refreshToken: 'x' })).rejects.toMatchObject({
      code: 'network',
      status: 0,
      message: 'No answer from the server: ECONNREFUSED',
    });
  });

  test('of a wrong address name it, at once', async () => {
    let requests = 0;
    const fetch: typeof globalThis.fetch = (...args) => {
      requests += 1;
      return globalThis.fetch(...args);
    };
    const ciel = createCiel({ url: `${host.url}/v1`, fetch });
    await expect(ciel.media.policy()).rejects.toMatchObject({
      code: 'network',
      status: 404,
      message: `Something else than Ciel answered (404): is its address ${host.url}/v1?`,
    });
    expect(requests).toBe(1);
    expect(() => createCiel({ url: 'localhost:8080' })).toThrow('begins with https:// or http://');
  });

  test('of a path that is given for a photograph say where paths are taken', async () => {
    const ciel = await signedUp('heidi');
    await expect(ciel.upload('photo.jpg' as never)).rejects.toThrow('@ciel/sdk/node');
  });

  test('name each invalid field with a message to show beside it', async () => {
    const ciel = await signedUp('ivan');
    const messageOf = (call: PromiseLike<unknown>, field: string) =>
      Promise.resolve(call).then(null, (error: CielError) => error.field(field));
    const visibility = 'public';
    const twelve = Array.from({ length: 12 }, () => crypto.randomUUID());
    expect({
      empty: await messageOf(ciel.posts.create({ mediaIds: [], visibility }), 'mediaIds'),
      tooMany: await messageOf(ciel.posts.create({ mediaIds: twelve, visibility }), 'mediaIds'),
      missing: await messageOf(ciel.engagement.comment({ postId: twelve[0]! } as never), 'body'),
      wrongWord: await messageOf(
        ciel.posts.create({ mediaIds: twelve, visibility: 'all' as never }),
        'visibility',
      ),
      wrongType: await messageOf(
        ciel.posts.create({ mediaIds: twelve, visibility, caption: 7 as never }),
        'caption',
      ),
      noId: await messageOf(ciel.posts.get({ postId: 'first' }), 'postId'),
      small: await messageOf(ciel.feed.home({ limit: 0 }), 'limit'),
      large: await messageOf(ciel.feed.home({ limit: 201 }), 'limit'),
    }).toEqual({
      empty: 'must not be empty',
      tooMany: 'must have at most 10 entries',
      missing: 'is required',
      wrongWord: 'must be one of public, followers',
      wrongType: 'must be of type string',
      noId: 'must be a UUID',
      small: 'must be at least 1',
      large: 'must be at most 200',
    });
  });

  test('are all of the server’s catalogue', () => {
    const codes = [...readFileSync('sdk/src/codes.ts', 'utf8').matchAll(/^ {2}\| '(\w+)'/gm)].map(
      ([, code]) => code,
    );
    expect(codes).toEqual(Object.keys(errorCatalogue));
  });
});

describe('the session', () => {
  test('is refreshed once for fifty calls that find their token expired', async () => {
    const calls: string[] = [];
    const counting: typeof fetch = (input, init) => {
      calls.push(String(input));
      return fetch(input, init);
    };
    const henry = await signedUp('henry', counting);
    const session = (await henry.session.get())!;
    await henry.session.set({ ...session, accessExpiresAt: new Date(0) });
    const answers = await Promise.all(Array.from({ length: 50 }, () => henry.auth.me()));
    expect(new Set(answers.map(({ handle }) => handle))).toEqual(new Set(['henry']));
    expect(calls.filter((url) => url.includes('auth.refresh'))).toHaveLength(1);
  });

  test('is refreshed when the server refuses the token, and the call goes on', async () => {
    const ines = await signedUp('ines');
    const session = (await ines.session.get())!;
    await ines.session.set({
      ...session,
      accessToken: `${session.accessToken.slice(0, -12)}${'A'.repeat(12)}`,
    });
    expect(await ines.auth.me()).toMatchObject({ handle: 'ines' });
  });

  test('that is revoked is lost once, and says so', async () => {
    let lost = 0;
    const store = memoryStore();
    const jack = createCiel({ url: host.url, store, onSessionLost: () => (lost += 1) });
    await jack.signUp({ handle: 'jack', displayName: 'Jack', email: 'jack@example.org', password: PASSWORD });
    const { refreshToken } = (await jack.session.get())!;
    await createCiel({ url: host.url }).auth.revoke({ refreshToken });
    await new Promise((done) => setTimeout(done, 1100));
    const calls = await Promise.allSettled([jack.auth.me(), jack.auth.me()]);
    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await store.get()).toBeNull();
    expect(lost).toBe(1);
  });

  test('ends on the server when somebody signs out', async () => {
    const kate = await signedUp('kate');
    const { refreshToken } = (await kate.session.get())!;
    await kate.signOut();
    await expect(createCiel({ url: host.url }).auth.refresh({ refreshToken })).rejects.toMatchObject({
      code: 'invalid_refresh_token',
    });
  });
});
