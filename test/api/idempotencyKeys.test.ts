import type { FastifyInstance } from 'fastify';
import { afterAll, beforeEach, expect } from 'vitest';
import { quickPost } from '../support/comments.ts';
import { testWith } from '../support/fixtures.ts';
import { serverFor } from '../support/server.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
let servers: FastifyInstance[];
let peer: World;
let alice: Person;
let bob: Person;
let postId: string;
let key: string;
let keys = 0;

const test = testWith({ settings: { rateLimitFactor: 1_000_000 } });
test.beforeAll(async ({ world: worldOfFile, peer: peerOfFile, alice: aliceOfFile, bob: bobOfFile }) => {
  world = worldOfFile;
  peer = peerOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
  servers = await Promise.all([serverFor(world.app), serverFor(peer.app)]);
});
beforeEach(async () => {
  postId = await quickPost(world, alice);
  key = `key-${++keys}`;
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

const headersOf = ({ tokens }: Person) => ({
  authorization: `Bearer ${tokens.accessToken}`,
  'idempotency-key': key,
});

async function comment(body = 'Cold', { by = bob, on = postId, at = 0 } = {}) {
  const response = await servers[at]!.inject({
    method: 'POST',
    url: `/v1/posts/${on}/comment`,
    headers: headersOf(by),
    payload: { body },
  });
  return { status: response.statusCode, body: response.json(), location: response.headers.location };
}

const commentsThere = async () => (await world.anonymous.engagement.comments({ postId })).items.length;

test('fifty requests with one key over two processes make one comment and get one response, also afterwards', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => comment('Cold', { at: n % 2 })));
  const done = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(done.length).toBeGreaterThan(0);
  for (const { status, body } of refused) expect([status, body.code]).toEqual([409, 'idempotency_running']);
  for (const answer of done) expect(answer).toEqual(done[0]);
  expect(await comment('Cold', { at: 1 })).toEqual(done[0]);
  expect(await commentsThere()).toBe(1);
});

test('a repeat gets the first response, even if the state has changed since', async () => {
  const first = await comment();
  await world.as(bob).engagement.editComment({ postId, commentId: first.body.id, body: 'Warm' });
  expect(await comment()).toEqual(first);
  await world.as(bob).engagement.deleteComment({ postId, commentId: first.body.id });
  expect(await comment()).toEqual(first);
  expect(await commentsThere()).toBe(0);
});

test('another body, another subject or another procedure under the same key is a mismatch', async () => {
  await comment();
  const other = await quickPost(world, alice);
  const mismatch = { status: 422, body: { code: 'idempotency_mismatch' } };
  expect(await comment('Warm')).toMatchObject(mismatch);
  expect(await comment('Cold', { on: other })).toMatchObject(mismatch);
  const like = await servers[0]!.inject({
    method: 'POST',
    url: `/v1/posts/${postId}/like`,
    headers: headersOf(bob),
  });
  expect([like.statusCode, like.json().code]).toEqual([422, 'idempotency_mismatch']);
  expect(await commentsThere()).toBe(1);
});

test('the same request over tRPC gets the same answer', async () => {
  const { body } = await comment();
  const response = await servers[1]!.inject({
    method: 'POST',
    url: '/trpc/engagement.comment',
    headers: headersOf(bob),
    payload: { json: { postId, body: 'Cold' } },
  });
  expect(response.json().result.data.json).toEqual(body);
  expect(await commentsThere()).toBe(1);
});

test('a key is its person’s alone', async () => {
  const [one, other] = [await comment(), await comment('Cold', { by: alice })];
  expect([one.status, other.status]).toEqual([201, 201]);
  expect(other.body.id).not.toBe(one.body.id);
  expect(await commentsThere()).toBe(2);
});

test('what was refused is not kept', async () => {
  await world.as(alice).posts.edit({ postId, commentPolicy: 'nobody' });
  expect((await comment()).body.code).toBe('comments_closed');
  await world.as(alice).posts.edit({ postId, commentPolicy: 'everyone' });
  expect((await comment()).status).toBe(201);
});

test('what failed is not kept, and has no effect', async () => {
  const { sql } = world.database;
  await sql`alter table comments add constraint broken check (body <> 'Cold') not valid`;
  expect((await comment()).status).toBe(500);
  await sql`alter table comments drop constraint broken`;
  expect((await comment()).status).toBe(201);
  expect(await commentsThere()).toBe(1);
});

test('after a day the key is free', async () => {
  await comment();
  await world.database
    .sql`update idempotency_keys set created_at = created_at - interval '24 hours 1 second'`;
  expect((await comment('Warm')).status).toBe(201);
  expect(await commentsThere()).toBe(2);
});
