import { describe, expect } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { makePhotograph } from '../support/photograph.ts';
import { PASSWORD, refusal, signedUp, troubledLine } from './people.ts';

let host: Host;
const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(({ host: hostOfFile }) => {
  host = hostOfFile;
});

const FAST = { attempts: 4, maxWaitSeconds: 2 };
let people = 0;

async function someone(retry = FAST) {
  people += 1;
  const line = troubledLine();
  const ciel = await signedUp(host, `person${people}`, { fetch: line.fetch, retry });
  line.requests.length = 0;
  return { ciel, line, userId: ciel.session.current.userId! };
}

async function somebodysPost(ciel: Awaited<ReturnType<typeof someone>>['ciel']) {
  const mediaId = await ciel.upload(await makePhotograph(people), { altText: 'A river' });
  return { mediaIds: [mediaId], caption: 'Once', visibility: 'public' as const };
}

describe('a write', () => {
  test('whose response is lost happens once, under one key', async () => {
    const { ciel, line, userId } = await someone();
    const post = await somebodysPost(ciel);
    line.loseAnswers('posts.create', 2);
    const { id } = await ciel.posts.create(post);
    await host.drain();
    expect((await ciel.posts.byUser({ userId })).items.map((item) => item.id)).toEqual([id]);
    const keys = line.keysOf('posts.create');
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('has a new key each time, or that of its caller', async () => {
    const { ciel, line } = await someone();
    const post = await somebodysPost(ciel);
    const first = await ciel.posts.create(post, { idempotencyKey: 'mine-1' });
    const again = await ciel.posts.create(post, { idempotencyKey: 'mine-1' });
    const other = await ciel.posts.create(post);
    expect(again).toEqual(first);
    expect(other.id).not.toBe(first.id);
    expect(line.keysOf('posts.create').slice(0, 2)).toEqual(['mine-1', 'mine-1']);
  });

  test('twenty at once, half of which lose their responses, make twenty comments', async () => {
    const { ciel, line } = await someone();
    const { id: postId } = await ciel.posts.create(await somebodysPost(ciel));
    await host.drain();
    line.loseAnswers('engagement.comment', 10);
    const bodies = Array.from({ length: 20 }, (_, index) => `Comment ${index}`);
    await Promise.all(bodies.map((body) => ciel.engagement.comment({ postId, body })));
    const { items } = await ciel.engagement.comments({ postId, limit: 100 });
    expect(items.map(({ body }) => body).sort()).toEqual(bodies.sort());
  });

  test('without a key is not repeated when nobody knows whether it was done', async () => {
    const line = troubledLine();
    const ciel = createCiel({ url: host.url, fetch: line.fetch, retry: FAST });
    line.loseAnswers('users.register', 1);
    const newcomer = { handle: 'lost', displayName: 'Lost', email: 'lost@example.org', password: PASSWORD };
    await expect(ciel.signUp(newcomer)).rejects.toMatchObject({ code: 'network', call: 'users.register' });
    expect(line.requests).toHaveLength(1);
    expect(line.requests[0]!.headers).not.toHaveProperty('idempotency-key');
  });

  test('is repeated without a key when the server says that it did nothing', async () => {
    const line = troubledLine();
    const ciel = createCiel({ url: host.url, fetch: line.fetch, retry: FAST });
    line.refuse('users.register', 2, () => refusal('overloaded', 503, 0));
    await ciel.signUp({
      handle: 'patient',
      displayName: 'P',
      email: 'patient@example.org',
      password: PASSWORD,
    });
    expect(line.requests).toHaveLength(3);
  });
});

describe('a call is tried again', () => {
  test('after as long as Retry-After says', async () => {
    const { ciel, line } = await someone();
    line.refuse('auth.me', 1, () => refusal('rate_limited', 429, 1));
    const started = performance.now();
    await ciel.auth.me();
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  test('but not when that exceeds the time to wait', async () => {
    const { ciel, line } = await someone();
    line.refuse('auth.me', 9, () => refusal('rate_limited', 429, 30));
    await expect(ciel.auth.me()).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 30 });
    expect(line.requests).toHaveLength(1);
  });

  test('only so often', async () => {
    const { ciel, line } = await someone({ attempts: 3, maxWaitSeconds: 2 });
    line.refuse('auth.me', 9, () => refusal('unavailable', 503, 0));
    await expect(ciel.auth.me()).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    expect(line.requests).toHaveLength(3);
  });

  test('when a proxy returns a page, and the error says so', async () => {
    const { ciel, line } = await someone();
    line.refuse('auth.me', 1, () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(await ciel.auth.me()).toMatchObject({ handle: `person${people}` });
    line.refuse('auth.me', 1, () => new Response('<h1>No such site</h1>', { status: 404 }));
    await expect(ciel.auth.me()).rejects.toMatchObject({ code: 'network', status: 404 });
  });

  test('not when it was refused for good', async () => {
    const { ciel, line } = await someone();
    await expect(ciel.posts.get({ postId: 'no id' })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(line.requests).toHaveLength(1);
  });

  test('while its first try is still running, until that is done', async () => {
    const { ciel, line } = await someone();
    const post = await somebodysPost(ciel);
    const [first, second] = await Promise.all([
      ciel.posts.create(post, { idempotencyKey: 'twice' }),
      ciel.posts.create(post, { idempotencyKey: 'twice' }),
    ]);
    expect(second).toEqual(first);
    expect(line.keysOf('posts.create').length).toBeGreaterThanOrEqual(2);
  });
});

describe('a signal ends a call', () => {
  test('while it waits for the next try', async () => {
    const { ciel, line } = await someone();
    const abort = new AbortController();
    line.refuse('auth.me', 9, () => {
      setTimeout(() => abort.abort(), 10);
      return refusal('rate_limited', 429, 2);
    });
    await expect(ciel.auth.me({}, { signal: abort.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(line.requests).toHaveLength(1);
  });

  test('and not the others of its batch', async () => {
    const { ciel, line } = await someone();
    const abort = new AbortController();
    const calls = [ciel.auth.me({}, { signal: abort.signal }), ciel.auth.me()];
    abort.abort();
    const [ended, other] = await Promise.allSettled(calls);
    expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'aborted' } });
    expect(other).toMatchObject({ status: 'fulfilled' });
    expect(line.requests.length).toBeLessThanOrEqual(1);
  });

  test('that had ended before it was made', async () => {
    const { ciel } = await someone();
    const post = await somebodysPost(ciel);
    const call = ciel.posts.create(post, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
  });
});

test('an answer that does not come is given up', async () => {
  const ciel = createCiel({
    url: host.url,
    timeoutMs: 50,
    retry: { attempts: 1 },
    fetch: (_url, init) =>
      new Promise((_resolve, reject) => {
        const { signal } = init as { signal: AbortSignal };
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  await expect(ciel.media.policy()).rejects.toMatchObject({
    code: 'network',
    message: expect.stringContaining('within 50 ms'),
  });
});

test('simultaneous calls are sent together, as many as fit', async () => {
  const { ciel, line } = await someone();
  const answers = await Promise.all(Array.from({ length: 45 }, () => ciel.auth.me()));
  expect(new Set(answers.map(({ handle }) => handle))).toEqual(new Set([`person${people}`]));
  expect(line.requests).toHaveLength(3);
});
