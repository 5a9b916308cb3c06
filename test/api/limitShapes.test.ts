import type { FastifyInstance, InjectOptions } from 'fastify';
import { beforeEach, describe, expect } from 'vitest';
import { createMemoryLimiter } from '../../server/infra/limiter/memory.ts';
import { test } from '../support/fixtures.ts';
import { createLimitedServer } from '../support/limitedServer.ts';
import { insertMedia } from '../support/mediaRows.ts';
import type { Person, World } from '../support/world.ts';

const CODE = 'K7QF2MZX9RTB';
/** The limits of New users, and of addresses. */
const LIKES = 30;
const VALIDATIONS = 60;
const IN_BATCH = 20;

let world: World;
let alice: Person;
let postId: string;
let server: FastifyInstance;
test.beforeAll(async ({ world: worldOfFile, alice: aliceOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  const [mediaId] = (await insertMedia(world, alice, 1)) as [string];
  postId = (await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' })).id;
});
beforeEach(async () => {
  server = await createLimitedServer(world, { ...world.app, limiter: createMemoryLimiter() });
  return () => server.close();
});

type Shape = [name: string, request: (n: number) => InjectOptions];

const batchOf = (path: string, input: object) => ({
  path: `/trpc/${Array(IN_BATCH).fill(path).join(',')}?batch=1`,
  input: JSON.stringify(Object.fromEntries(Array.from({ length: IN_BATCH }, (_, n) => [n, { json: input }]))),
});

const get = (url: string, headers = {}): InjectOptions => ({ method: 'GET', url, headers });
const query = (input: object) => `input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
const validations = batchOf('invites.validate', { code: CODE });

/** Ways to ask for the same read, without an account, from one client. */
const reads: Shape[] = [
  ['REST', () => get(`/v1/invites/validate/${CODE}`)],
  ['another code each time', (n) => get(`/v1/invites/validate/${CODE.slice(2)}${10 + n}`)],
  ['a query that says nothing', (n) => get(`/v1/invites/validate/${CODE}?n=${n}`)],
  ['HEAD', () => ({ ...get(`/v1/invites/validate/${CODE}`), method: 'HEAD' })],
  ['two slashes', () => get(`/v1//invites/validate/${CODE}`)],
  ['a slash at the end', () => get(`/v1/invites/validate/${CODE}/`)],
  ['an escaped slash', () => get(`/v1/invites%2fvalidate/${CODE}`)],
  ['escaped letters', () => get(`/v1/%69nvites/validate/${CODE}`)],
  ['dots', () => get(`/v1/users/../invites/validate/${CODE}`)],
  ['capitals', () => get(`/V1/Invites/Validate/${CODE}`)],
  ['a semicolon', () => get(`/v1/invites;a=b/validate/${CODE}`)],
  ['tRPC', () => get(`/trpc/invites.validate?${query({ code: CODE })}`)],
  ['a batch', () => get(`${validations.path}&input=${encodeURIComponent(validations.input)}`)],
  ['tRPC with two slashes', () => get(`/trpc//invites.validate?${query({ code: CODE })}`)],
  ['tRPC in capitals', () => get(`/TRPC/invites.validate?${query({ code: CODE })}`)],
  ['a method in a header', () => get(`/v1/invites/validate/${CODE}`, { 'x-http-method-override': 'POST' })],
  [
    'many addresses that it says itself',
    (n) => get(`/v1/invites/validate/${CODE}`, { forwarded: `for=10.0.0.${n}`, 'x-real-ip': `10.0.0.${n}` }),
  ],
];

/** Ways to send the same write as one person. */
const writes: Shape[] = [
  ['REST', () => post(`/v1/posts/${postId}/like`)],
  ['capitals in the id', () => post(`/v1/posts/${postId.toUpperCase()}/like`)],
  ['two slashes', () => post(`/v1/posts//${postId}/like`)],
  ['an escaped slash', () => post(`/v1/posts%2F${postId}/like`)],
  ['capitals', () => post(`/v1/POSTS/${postId}/like`)],
  ['tRPC', () => post('/trpc/engagement.like', { json: { postId } })],
  ['a batch', () => batchedLikes()],
  [
    'the word Bearer in capitals',
    () =>
      post(`/v1/posts/${postId}/like`, undefined, { authorization: `BEARER ${alice.tokens.accessToken}` }),
  ],
  [
    'another address each time',
    (n) => post(`/v1/posts/${postId}/like`, undefined, { 'x-forwarded-for': `203.0.113.${n}` }),
  ],
  [
    'another idempotency key each time',
    (n) => post(`/v1/posts/${postId}/like`, undefined, { 'idempotency-key': `like-${n}` }),
  ],
];

function post(url: string, payload?: object, headers = {}): InjectOptions {
  const authorization = `Bearer ${alice.tokens.accessToken}`;
  return { method: 'POST', url, headers: { authorization, ...headers }, ...(payload ? { payload } : {}) };
}

function batchedLikes(): InjectOptions {
  const { path, input } = batchOf('engagement.like', { postId });
  return post(path, JSON.parse(input));
}

/** How many calls of a request were let through by the limit; one with a bad field in it was. */
async function passedOf(request: InjectOptions): Promise<number> {
  const { statusCode, body } = await server.inject(request);
  if (request.url!.toString().includes('batch=1'))
    return (JSON.parse(body) as { result?: unknown }[]).filter(({ result }) => result).length;
  expect(statusCode).toBeLessThan(500);
  return [200, 400].includes(statusCode) ? 1 : 0;
}

async function exhaust(shapes: Shape[], rounds: number): Promise<number> {
  let passed = 0;
  for (let n = 0; n < rounds; n++) for (const [, request] of shapes) passed += await passedOf(request(n));
  return passed;
}

describe('no shape of a request gets round the budget', () => {
  test.each(reads)('of an address: %s', async (...shape) => {
    expect([0, VALIDATIONS]).toContain(await exhaust([shape], VALIDATIONS + 20));
    expect(await exhaust([reads[0]!], VALIDATIONS + 1)).toBeLessThanOrEqual(VALIDATIONS);
  });

  test.each(writes)('of a person: %s', async (...shape) => {
    expect([0, LIKES]).toContain(await exhaust([shape], LIKES + 20));
  });

  test('all of them together have it once', async () => {
    expect(await exhaust(reads, 20)).toBe(VALIDATIONS);
    expect(await exhaust(writes, 10)).toBe(LIKES);
  });

  test('addresses of one /64, and several spellings of one address, share it', async () => {
    const spelled = [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:0:0:0:9',
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '[2001:db8:1:2::7]',
    ];
    const shapes = spelled.map(
      (address): Shape => [
        address,
        () => get(`/v1/invites/validate/${CODE}`, { 'x-forwarded-for': address }),
      ],
    );
    expect(await exhaust(shapes, 40)).toBe(VALIDATIONS);
  });
});
