import { afterAll, beforeAll, expect, test } from 'vitest';
import { rewriteHeaders } from '../../../server/domains/media/headers/service.ts';
import { media } from '../../../server/schema/index.ts';
import { NO_ORPHANS, orphanObjects } from '../../support/objects.ts';
import { openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const OLD = 'public, max-age=31536000, immutable';
const NEW = 'public, max-age=31536000, s-maxage=30';

let s3: Awaited<ReturnType<typeof openS3>>;
let world: World;
let alice: Person;
beforeAll(async () => {
  s3 = await openS3();
  world = await createWorld({ storage: s3.storage });
  ({ alice } = await world.people('alice'));
});
afterAll(async () => {
  await world.close();
  await s3.close();
});

const headerOf = async (url: string) => (await fetch(url)).headers.get('cache-control');
const begin = () => ({ progress: `from ${new Date(0).toISOString()}` as string | null });

test('public objects of earlier releases get their header once, from where a killed run left off', async () => {
  const posts = [];
  for (let n = 0; n < 12; n += 1) posts.push(await world.post(alice, { caption: `${n}` }));
  const urls = [];
  for (const { id } of posts)
    urls.push((await world.as(alice).posts.get({ postId: id })).media[0]!.variants[0]!.url);
  expect(await headerOf(urls[0]!)).toBe(NEW);
  for (const { area, folder } of await world.app.db.select().from(media)) {
    const keys = await s3.storage.list(`${area}/${folder}/`, null, 100);
    for (const key of keys) await s3.storage.copy(key, key, { contentType: 'image/webp', cacheControl: OLD });
  }
  const turn = begin();
  expect(await rewriteHeaders(world.app, turn)).toBe(10);
  // The run is killed: what it noted is all that is left of it.
  const next = { progress: turn.progress };
  expect(await rewriteHeaders(world.app, next)).toBe(2);
  expect(next.progress).toBe('done');
  expect(new Set(await Promise.all(urls.map(headerOf)))).toEqual(new Set([NEW]));
  expect(await rewriteHeaders(world.app, next)).toBe(0);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});

test('it begins a day after the release, and removed objects do not come back', async () => {
  const first = { progress: null as string | null };
  expect(await rewriteHeaders(world.app, first)).toBe(0);
  expect(Date.parse(first.progress!.slice('from '.length)) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  const post = await world.post(alice, { caption: 'gone' });
  const { url } = (await world.as(alice).posts.get({ postId: post.id })).media[0]!.variants[0]!;
  await world.as(alice).posts.edit({ postId: post.id, visibility: 'followers' });
  const turn = begin();
  while (turn.progress !== 'done') await Promise.all([rewriteHeaders(world.app, turn), world.drain()]);
  expect((await fetch(url)).status).toBe(404);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});

test('a removed place leaves no variant that only another release knows', async () => {
  const post = await world.post(alice, { caption: 'more sizes' });
  const { url } = (await world.as(alice).posts.get({ postId: post.id })).media[0]!.variants[0]!;
  const place = /\/(pub\/[^/]+)\//.exec(url)![1]!;
  const future = { contentType: 'image/webp', cacheControl: NEW };
  await s3.storage.write(`${place}/gigantic.webp`, Buffer.from('pixels'), future);
  const open = url.replace(/[^/]+$/, 'gigantic.webp');
  expect((await fetch(open)).status).toBe(200);
  await world.as(alice).posts.edit({ postId: post.id, visibility: 'followers' });
  await world.drain();
  expect((await fetch(open)).status).toBe(404);
});

test('a post of ready photographs, a wider one and an avatar are returned with lasting URLs, which work', async () => {
  const mediaId = await world.upload(alice);
  await world.drain();
  const created = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'followers' });
  expect(created.media[0]!.variants[0]!.expiresAt).not.toBeNull();
  const wider = await world.as(alice).posts.edit({ postId: created.id, visibility: 'public' });
  const second = await world.upload(alice);
  await world.drain();
  const open = await world.as(alice).posts.create({ mediaIds: [second], visibility: 'public' });
  const third = await world.upload(alice);
  await world.drain();
  const me = await world.as(alice).users.updateMe({ avatarMediaId: third });
  const given = [wider.media[0]!.variants[0]!, open.media[0]!.variants[0]!, me.avatar!];
  await world.drain();
  for (const { url, expiresAt } of given) expect([expiresAt, (await fetch(url)).status]).toEqual([null, 200]);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});
