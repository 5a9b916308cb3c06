import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storage } from '../../server/infra/storage/storage.ts';
import { photograph } from '../support/photograph.ts';
import { serverFor } from '../support/server.ts';
import { type OpenStorage, openFiles } from '../support/storages.ts';
import { createWorld, type Person, type World } from '../support/world.ts';

const CONNECTIONS = 10;

let store: OpenStorage;
let world: World;
let server: FastifyInstance;
let alice: Person;
/** While set, the store does not answer questions about an object; the calls are counted. */
let silence: Promise<void> | null = null;
let asked = 0;

beforeAll(async () => {
  store = await openFiles();
  const storage: Storage = {
    ...store.storage,
    async head(key) {
      asked += 1;
      await silence;
      return store.storage.head(key);
    },
  };
  world = await createWorld({ storage, settings: { rateLimitFactor: 1000 } });
  server = await serverFor(world.app);
  ({ alice } = await world.people('alice'));
});
afterAll(async () => {
  await server.close();
  await world.close();
  await store.close();
});

async function send(bytes: Buffer): Promise<string> {
  const ticket = await world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: bytes.length });
  const { method, headers } = ticket;
  await fetch(ticket.uploadUrl, { method, headers, body: new Uint8Array(bytes) });
  return ticket.uploadId;
}

async function complete(uploadId: string, key: string) {
  const response = await server.inject({
    method: 'POST',
    url: `/v1/media/upload/${uploadId}/complete`,
    headers: { authorization: `Bearer ${alice.tokens.accessToken}`, 'idempotency-key': key },
  });
  return { status: response.statusCode, body: response.json() };
}

test('a file that is no photograph has failed for good, also for who sent a key', async () => {
  const uploadId = await send(Buffer.from('this is no photograph, however long one looks at it'));
  const first = await complete(uploadId, 'junk');
  expect([first.status, first.body.code]).toEqual([400, 'media_unusable']);
  const { status, reason } = await world.as(alice).media.status({ uploadId });
  expect(status).toBe('failed');
  expect(first.body.detail).toBe(reason);
  expect(await complete(uploadId, 'junk')).toMatchObject({ status: 400, body: { detail: reason } });
});

test('uploads with keys that wait for the store keep no connection from others', async () => {
  const sent = await Promise.all(Array.from({ length: CONNECTIONS + 2 }, () => photograph().then(send)));
  const answered = Promise.withResolvers<void>();
  silence = answered.promise;
  asked = 0;
  const all = () => Promise.all(sent.map((uploadId) => complete(uploadId, uploadId)));
  const completed = all();
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(sent.length);
  expect((await world.anonymous.users.get({ userId: alice.id })).handle).toBe('alice');
  answered.resolve();
  silence = null;
  expect((await completed).map(({ status }) => status)).toEqual(sent.map(() => 202));
  expect(await all()).toEqual(await completed);
});
