import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { media } from '../../../server/schema/index.ts';
import { scene } from '../../imaging/corpus.ts';
import { NO_ORPHANS, orphanObjects } from '../../support/objects.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

let world: World;
let alice: Person;

beforeAll(async () => {
  world = await createWorld();
  alice = await world.person('alice');
});
afterAll(() => world.close());

const large = () => scene(2200, 1650).jpeg({ quality: 60 }).toBuffer();

const viewOf = (mediaId: string) => world.as(alice).media.get({ mediaId });

const statusesOf = async (urls: string[]) =>
  [...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status)))].sort();

test('sizes that the previous release does not know move with the photograph', async () => {
  const { media: shown, id: postId } = await world.post(alice, { body: await large() });
  const mediaId = shown[0]!.id;
  const { variants } = await viewOf(mediaId);
  expect([...new Set(variants.map(({ name }) => name))].sort()).toEqual([
    'full',
    'large',
    'medium',
    'thumb',
    'xlarge',
  ]);
  const urls = variants.map(({ url }) => url);
  expect(await statusesOf(urls)).toEqual([200]);
  await world.as(alice).posts.edit({ postId, visibility: 'followers' });
  await world.drain();
  expect(await statusesOf(urls)).toEqual([404]);
  const moved = (await viewOf(mediaId)).variants;
  expect(moved.map(({ name, type }) => `${name} ${type}`)).toEqual(
    variants.map(({ name, type }) => `${name} ${type}`),
  );
  expect(await statusesOf(moved.map(({ url }) => url))).toEqual([200]);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
});

test('they are not shown where the previous release has moved the photograph without them', async () => {
  const mediaId = await world.upload(alice, await large());
  await world.drain();
  await world.app.db.update(media).set({ addedPlace: 'priv/elsewhere' }).where(eq(media.id, mediaId));
  const { variants } = await viewOf(mediaId);
  expect([...new Set(variants.map(({ name }) => name))].sort()).toEqual(['large', 'medium', 'thumb']);
});

test('a small photograph is stored once, and listed by every name that clients look for', async () => {
  const mediaId = await world.upload(alice, await scene(640, 480).jpeg().toBuffer());
  await world.drain();
  const { variants } = await viewOf(mediaId);
  const ofJpeg = variants.filter(({ type }) => type === 'image/jpeg');
  expect(ofJpeg.map(({ name, width }) => `${name} ${width}`).sort()).toEqual([
    'large 640',
    'medium 640',
    'thumb 200',
  ]);
  expect(new Set(variants.map(({ url }) => url)).size).toBe(4);
  expect(await statusesOf(variants.map(({ url }) => url))).toEqual([200]);
});
