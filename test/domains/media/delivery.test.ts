import { createSecretKey, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveMedia } from '../../../server/api/files/media.ts';
import { OPERATOR, type Reader, signGrant } from '../../../server/domains/media/grants.ts';
import type { FileStorage } from '../../../server/infra/storage/files.ts';
import { users } from '../../../server/schema/index.ts';
import { openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const HOUR = 3_600_000;
/** What is sent can do nothing in a browser but be shown. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
};

describe.each(['files', 'the S3 double'])('a URL with a grant, over %s', (store) => {
  let world: World;
  let closeStore = async () => {};
  let [alice, bob, carol]: Person[] = [];
  beforeAll(async () => {
    const s3 = store === 'files' ? null : await openS3();
    closeStore = async () => s3?.close();
    world = await createWorld({ storage: s3?.storage ?? 'files' });
    ({ alice, bob, carol } = await world.people('alice', 'bob', 'carol'));
    for (const follower of [bob!, carol!]) await world.as(follower).social.follow({ userId: alice!.id });
  });
  afterAll(async () => {
    await world.close();
    await closeStore();
  });

  const closed = () => world.post(alice!, { visibility: 'followers' });
  const urlOf = async (person: Person, postId: string) =>
    (await world.as(person).posts.get({ postId })).media[0]!.variants[0]!;
  const statusOf = async (url: string) => (await fetch(url)).status;
  const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });
  const granted = (
    mediaId: string,
    reader: Reader,
    { endsAt = new Date(Date.now() + HOUR), keys = world.app.secrets.grantKeys, file = 'thumb.webp' } = {},
  ) =>
    `${world.app.settings.publicUrl}/media/${mediaId}/${signGrant(keys, mediaId, { reader, endsAt })}/${file}`;

  test('works for a day, and says when it ends', async () => {
    const post = await closed();
    const { url, expiresAt } = await urlOf(bob!, post.id);
    const life = expiresAt!.getTime() - Date.now();
    expect(life / HOUR).toBeGreaterThan(23.9);
    expect(life / HOUR).toBeLessThanOrEqual(30);
    expect(await statusOf(url)).toBe(200);
    expect(await urlOf(bob!, post.id)).toMatchObject({ url, expiresAt });
    expect((await urlOf(carol!, post.id)).url).not.toBe(url);
  });

  test('works wherever the photograph is moved, while a lasting one dies with a narrower audience', async () => {
    const post = await closed();
    const { url } = await urlOf(bob!, post.id);
    await world.as(alice!).posts.edit({ postId: post.id, visibility: 'public' });
    await world.drain();
    const open = await urlOf(bob!, post.id);
    expect(open.expiresAt).toBeNull();
    expect([await statusOf(url), await statusOf(open.url)]).toEqual([200, 200]);
    await world.as(alice!).posts.edit({ postId: post.id, visibility: 'followers' });
    await world.drain();
    expect([await statusOf(url), await statusOf(open.url)]).toEqual([200, 404]);
  });

  const losses: [string, (post: { id: string; mediaId: string }) => Promise<unknown>, Person['handle'][]][] =
    [
      ['unfollows', () => world.as(bob!).social.unfollow({ userId: alice!.id }), ['bob']],
      ['is blocked', () => world.as(alice!).social.block({ userId: bob!.id }), ['bob']],
      ['is banned', () => ban('bob'), ['bob']],
      ['has deleted their account', () => remove('bob'), ['bob']],
      ['sees the post deleted', ({ id }) => world.as(alice!).posts.delete({ postId: id }), ['bob', 'carol']],
      [
        'sees the post taken down',
        ({ id }) => world.admin.moderation.takedownPost({ postId: id, rule: 'spam', reason: 'test' }),
        ['bob', 'carol'],
      ],
    ];
  const ban = (handle: string) =>
    world.app.db
      .update(users)
      .set({ bannedUntil: new Date(Date.now() + HOUR) })
      .where(eq(users.handle, handle));
  const remove = (handle: string) =>
    world.app.db.update(users).set({ deletedAt: new Date() }).where(eq(users.handle, handle));

  test.each(losses)('dies for a reader who %s, and for nobody else', async (_, lose, losers) => {
    await world.as(bob!).social.follow({ userId: alice!.id });
    const post = await closed();
    const urls = { alice: '', bob: '', carol: '' };
    for (const person of [alice!, bob!, carol!])
      urls[person.handle as keyof typeof urls] = (await urlOf(person, post.id)).url;
    await lose({ id: post.id, mediaId: post.media[0]!.id });
    for (const [handle, url] of Object.entries(urls)) {
      const isDead = losers.includes(handle) || (handle === 'alice' && (await isGone(post.media[0]!.id)));
      expect(await statusOf(url), handle).toBe(isDead ? 404 : 200);
    }
    await world.app.db
      .update(users)
      .set({ bannedUntil: null, deletedAt: null })
      .where(eq(users.handle, 'bob'));
    await world.database.sql`delete from blocks`;
    await restore(post.id);
  });
  /** Or the next photograph, which has the same bytes, would be refused. */
  const restore = (postId: string) =>
    world.admin.moderation.restorePost({ postId, reason: 'test' }).catch(() => {});
  /** With a deleted post its photographs are deleted too. */
  const isGone = async (mediaId: string) =>
    (await world.database.sql`select from media where id = ${mediaId}`).length === 0;

  test('is refused alike for what is hidden and what never was', async () => {
    const mediaId = await world.upload(alice!);
    await world.drain();
    const told = async (url: string) => {
      const response = await ask(url);
      const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
      // The id of the request, and with it the length, is of each response alone.
      const own = ['date', 'x-request-id', 'content-length'];
      const kept = [...response.headers].filter(([name]) => !own.includes(name));
      return { status: response.status, problem, headers: kept };
    };
    const hidden = await told(granted(mediaId, bob!.id));
    expect(hidden.status).toBe(404);
    expect(await told(granted(randomUUID(), bob!.id))).toEqual(hidden);
    expect(await told(granted(mediaId, null))).toEqual(hidden);
    expect(await told(granted(mediaId, alice!.id, { file: 'huge.webp' }))).toEqual(hidden);
    const forged = await told(granted(mediaId, alice!.id, { keys: [createSecretKey(Buffer.alloc(32, 9))] }));
    expect(forged.status).toBe(403);
    const nowhere = granted(randomUUID(), alice!.id, { keys: [createSecretKey(Buffer.alloc(32, 9))] });
    expect(await told(nowhere)).toEqual(forged);
  });

  test('is good for nothing else: neither another photograph, reader, end nor an end that has passed', async () => {
    const mediaId = await world.upload(alice!);
    await world.drain();
    const url = granted(mediaId, alice!.id);
    expect(await statusOf(url)).toBe(200);
    const [, grant] = /\/media\/[^/]+\/([^/]+)\//.exec(url)!;
    const [, end, signature] = grant!.split('.');
    const forReader = (reader: Reader) =>
      granted(mediaId, reader)
        .match(/\/media\/[^/]+\/([^.]+)/)!
        .at(1);
    const forged = [
      url.replace(mediaId, randomUUID()),
      url.replace(grant!, `${forReader(bob!.id)}.${end}.${signature}`),
      url.replace(grant!, `op.${end}.${signature}`),
      url.replace(`.${end}.`, `.z${end}.`),
      url.replace(signature!, signature!.slice(0, -1)),
      url.replace(grant!, ''),
      url.replace(grant!, '..'),
      granted(mediaId, alice!.id, { endsAt: new Date(Date.now() - 1000) }),
    ];
    const statuses = await Promise.all(forged.map(statusOf));
    expect(statuses.filter((status) => status !== 403 && status !== 404)).toEqual([]);
  });

  test('survives a rotation of keys', async () => {
    const mediaId = await world.upload(alice!);
    await world.drain();
    const url = granted(mediaId, alice!.id);
    const [old] = world.app.secrets.grantKeys;
    world.app.secrets.grantKeys.unshift(createSecretKey(Buffer.alloc(32, 8)));
    expect(await statusOf(url)).toBe(200);
    expect(granted(mediaId, alice!.id)).not.toBe(url);
    expect(await statusOf(granted(mediaId, alice!.id))).toBe(200);
    world.app.secrets.grantKeys.splice(0, 2, createSecretKey(Buffer.alloc(32, 8)));
    expect(await statusOf(url)).toBe(403);
    world.app.secrets.grantKeys.splice(0, 1, old!);
  });

  test('of the original works for its owner alone', async () => {
    const mediaId = await world.upload(alice!);
    await world.as(alice!).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.drain();
    const [own] = (await world.as(alice!).media.list({ limit: 1 })).items;
    expect(own!.originalUrlExpiresAt!.getTime()).toBeGreaterThan(Date.now() + 20 * HOUR);
    expect(await statusOf(own!.originalUrl!)).toBe(200);
    for (const reader of [bob!.id, null, OPERATOR] as Reader[])
      expect(await statusOf(granted(mediaId, reader, { file: 'original' }))).toBe(404);
  });

  test('shows operators what is hidden, for a quarter of an hour', async () => {
    const post = await world.post(alice!);
    await world.as(carol!).moderation.flagPost({ postId: post.id, category: 'spam' });
    await world.admin.moderation.takedownPost({ postId: post.id, rule: 'spam', reason: 'test' });
    await world.drain();
    const { items } = await world.admin.moderation.cases({});
    const found = items.find(({ subjectId }) => subjectId === post.id)!;
    const { media } = await world.admin.moderation.case({ caseId: found.id });
    const { url, expiresAt } = media[0]!.variants[0]!;
    expect(await statusOf(url)).toBe(200);
    expect(expiresAt!.getTime() - Date.now()).toBeLessThanOrEqual(HOUR / 3);
    await restore(post.id);
  });

  test('can be asked by HEAD, from any origin, and written by nobody', async () => {
    const { id } = await closed();
    const { url, bytes } = await urlOf(bob!, id);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes)]);
    const preflight = await ask(url, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    for (const response of [preflight, await ask(url), await ask(url.replace(/[^/]+$/, 'none'))])
      expect(Object.fromEntries(response.headers)).toMatchObject(SAFE);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await ask(url, { method })).status, method).toBe(405);
    const part = await fetch(url, { headers: { range: 'bytes=0-9' } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  test('has places of its own: what is more than them is refused at once', async () => {
    const post = await closed();
    const { pathname } = new URL((await urlOf(bob!, post.id)).url);
    const server = Fastify();
    const files = store === 'files' ? (world.app.storage as FileStorage) : null;
    await serveMedia(server, world.app, files, { maxRunning: 1, maxQueued: 0 });
    const origin = await server.listen({ port: 0, host: '127.0.0.1' });
    // Whichever comes first waits for the table.
    const refused = await world.database.sql.begin(async (sql) => {
      await sql`lock table media in access exclusive mode`;
      const both = [ask(origin + pathname), ask(origin + pathname)];
      const first = await Promise.race(both);
      return { first, both };
    });
    const statuses = (await Promise.all(refused.both)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([store === 'files' ? 200 : 302, 503]);
    expect([refused.first.status, refused.first.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.first.json()).toMatchObject({ code: 'overloaded' });
    expect((await ask(origin + pathname)).status).toBe(store === 'files' ? 200 : 302);
    await server.close();
  });

  test.runIf(store === 'files')(
    'is kept by the browser alone, and asked again after a minute at most',
    async () => {
      const { id } = await closed();
      const { url } = await urlOf(bob!, id);
      const { headers, status } = await ask(url);
      expect([status, headers.get('content-type')]).toEqual([200, 'image/webp']);
      const [, seconds] = /^private, max-age=(\d+)$/.exec(headers.get('cache-control')!)!;
      expect(Number(seconds)).toBeLessThanOrEqual(60);
      const again = await ask(url, { headers: { 'if-none-match': headers.get('etag')! } });
      expect(again.status).toBe(304);
      await world.as(alice!).posts.delete({ postId: id });
      const lost = await ask(url, { headers: { 'if-none-match': headers.get('etag')! } });
      expect(lost.status).toBe(404);
    },
  );

  test.runIf(store !== 'files')(
    'leads to an address that lives a minute, and is kept by nobody',
    async () => {
      const { id } = await closed();
      const { headers, status } = await ask((await urlOf(bob!, id)).url);
      expect([status, headers.get('cache-control')]).toEqual([302, 'no-store']);
      const location = new URL(headers.get('location')!);
      expect(location.searchParams.get('X-Amz-Expires')).toBe('60');
      expect((await fetch(location)).headers.get('cache-control')).toBe('private, max-age=60');
    },
  );
});
