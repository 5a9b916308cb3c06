import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { placeOf, variantKey, variantsOf } from '../../../server/domains/media/keys.ts';
import { purgeAbandonedUploads } from '../../../server/domains/media/orphans/service.ts';
import { placeMedia } from '../../../server/domains/media/placement/service.ts';
import { isHeicAvailable } from '../../../server/imaging/heicLibrary.ts';
import { media } from '../../../server/schema/index.ts';
import { chatty, scene } from '../../imaging/corpus.ts';
import { Crash, dyingApp } from '../../support/crash.ts';
import { test } from '../../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects } from '../../support/objects.ts';
import { seededRandom } from '../../support/random.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

let world: World;
let alice: Person;
let bob: Person;
let carol: Person;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile, bob: bobOfFile, carol: carolOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
  carol = carolOfFile;
});

const by = (person: Person) => world.as(person).media;

async function completed(owner = alice): Promise<string> {
  const mediaId = await world.upload(owner, await chatty('jpeg', { picture: scene(64, 48) }));
  await world.drain();
  return mediaId;
}

const urlsOf = async (mediaId: string, viewer = alice) =>
  (await by(viewer).get({ mediaId })).variants.map(({ url }) => url);

const answersOf = async (urls: string[]) =>
  [...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status)))].sort();

const rowOf = async (mediaId: string) =>
  (await world.app.db.select().from(media)).find(({ id }) => id === mediaId);

async function keysOf(mediaId: string): Promise<string[]> {
  const row = await rowOf(mediaId);
  return variantsOf(row!).map((variant) => variantKey(placeOf(row!.area, row!.folder!), variant));
}

/** As the store or an earlier release signs them. */
const signedOf = (keys: string[]) => Promise.all(keys.map((key) => world.app.storage.signedUrl(key, 60)));

async function areaOf(mediaId: string) {
  return (await rowOf(mediaId))?.area;
}

test('the policy names the accepted files and the variants', async () => {
  expect(await world.anonymous.media.policy()).toMatchObject({
    acceptedTypes: [
      ...['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
      ...(isHeicAvailable ? ['image/heic', 'image/heif'] : []),
    ],
    maxBytes: 10_485_760,
    maxPixels: 64_000_000,
    pixelLimits: { baselineJpeg: 250_000_000, avif: 32_000_000 },
    variants: [
      { name: 'full', longestSide: 4096, area: 8_300_000, shortSide: 400 },
      { name: 'xlarge', longestSide: 2048 },
      { name: 'large', longestSide: 1600 },
      { name: 'medium', longestSide: 800 },
      { name: 'thumb', longestSide: 200 },
    ],
    notAccepted: expect.stringContaining('GIF'),
  });
});

describe('a photograph can be read', () => {
  test('by its owner alone while nothing shows it', async () => {
    const mediaId = await completed();
    expect((await by(alice).get({ mediaId })).variants).toHaveLength(6);
    expect(await codeOf(by(bob).get({ mediaId }))).toBe('not_found');
    expect(await codeOf(world.anonymous.media.get({ mediaId }))).toBe('not_found');
    expect(await refusal(by(bob).get({ mediaId }))).toEqual(
      await refusal(by(bob).get({ mediaId: randomUUID() })),
    );
  });

  test('by anybody in a public post, by followers in a post for followers, by nobody across a block', async () => {
    const { dora } = await world.people('dora');
    const open = await world.post(dora);
    const closed = await world.post(dora, { visibility: 'followers' });
    const [openId, closedId] = [open, closed].map(({ media }) => media[0]!.id) as [string, string];
    expect((await world.anonymous.media.get({ mediaId: openId })).status).toBe('completed');
    expect(await codeOf(world.anonymous.media.get({ mediaId: closedId }))).toBe('not_found');
    expect(await codeOf(by(bob).get({ mediaId: closedId }))).toBe('not_found');
    await world.as(bob).social.follow({ userId: dora.id });
    expect((await by(bob).get({ mediaId: closedId })).status).toBe('completed');
    await world.as(dora).social.block({ userId: bob.id });
    expect(await codeOf(by(bob).get({ mediaId: closedId }))).toBe('not_found');
    expect(await codeOf(by(bob).get({ mediaId: openId }))).toBe('not_found');
  });

  test('by anybody as the avatar of a private person', async () => {
    const { erin } = await world.people('erin');
    const mediaId = await completed(erin);
    await world.as(erin).users.updateMe({ isPrivate: true, avatarMediaId: mediaId });
    await world.drain();
    expect(await areaOf(mediaId)).toBe('pub');
    expect(await answersOf(await urlsOf(mediaId, bob))).toEqual([200]);
    await world.as(erin).users.updateMe({ avatarMediaId: null });
    await world.drain();
    expect(await areaOf(mediaId)).toBe('priv');
    expect(await codeOf(by(bob).get({ mediaId }))).toBe('not_found');
  });
});

describe('its owner', () => {
  test('says what it shows and which camera data others see', async () => {
    const { media: shown } = await world.post(alice);
    const mediaId = shown[0]!.id;
    expect((await by(bob).get({ mediaId })).camera).toEqual({});
    const edited = await by(alice).edit({
      mediaId,
      altText: '  A red bench ',
      shownCameraFields: ['model', 'lens'],
    });
    expect(edited).toMatchObject({ altText: 'A red bench', shownCameraFields: ['model', 'lens'] });
    expect(edited.camera).toMatchObject({ make: 'Ciel', model: 'Test One' });
    expect(await by(bob).get({ mediaId })).toMatchObject({
      altText: 'A red bench',
      camera: { model: 'Test One' },
    });
    expect((await by(bob).get({ mediaId })).camera).not.toHaveProperty('make');
    expect(await by(alice).edit({ mediaId })).toMatchObject({ altText: 'A red bench' });
  });

  test.each<[object, string]>([
    [{ altText: 'x'.repeat(1501) }, 'altText'],
    [{ altText: 'a\u0000b' }, 'altText'],
    [{ shownCameraFields: ['serial'] }, 'shownCameraFields.0'],
    [{ shownCameraFields: ['make', 'make'] }, 'shownCameraFields'],
    [{ ownerId: randomUUID() }, 'ownerId'],
  ])('may not say %o', async (change, field) => {
    const mediaId = randomUUID();
    const { code, errors } = await refusal(by(alice).edit({ mediaId, ...change } as never));
    expect({ code, field: errors[0]?.field }).toEqual({ code: 'invalid_input', field });
  });

  test('is the only one who edits and deletes it', async () => {
    const { media: shown } = await world.post(alice);
    const mediaId = shown[0]!.id;
    expect(await codeOf(by(bob).edit({ mediaId, altText: 'mine' }))).toBe('not_found');
    expect(await codeOf(by(bob).delete({ mediaId }))).toBe('not_found');
    expect(await codeOf(world.anonymous.media.delete({ mediaId }))).toBe('unauthenticated');
  });

  test('cannot delete it while a post or the avatar uses it; afterwards it is deleted with its objects', async () => {
    const mediaId = await completed();
    const { id: postId } = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.as(alice).users.updateMe({ avatarMediaId: mediaId });
    await world.drain();
    const urls = await urlsOf(mediaId);
    expect(await codeOf(by(alice).delete({ mediaId }))).toBe('media_in_use');
    await world.as(alice).posts.delete({ postId });
    expect(await codeOf(by(alice).delete({ mediaId }))).toBe('media_in_use');
    await world.as(alice).users.updateMe({ avatarMediaId: null });
    await by(alice).delete({ mediaId });
    await world.drain();
    expect(await codeOf(by(alice).get({ mediaId }))).toBe('not_found');
    expect(await answersOf(urls)).toEqual([404]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('can delete it or post it at the same moment, but not both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const mediaId = await completed();
      const ends = await Promise.all([
        codeOf(by(alice).delete({ mediaId })),
        codeOf(world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' })),
      ]);
      expect([
        ['ok', 'media_unusable'],
        ['media_in_use', 'ok'],
      ]).toContainEqual(ends);
    }
    await world.drain();
  });

  test('finds all own uploads, newest first, with where each is used', async () => {
    const { finn } = await world.people('finn');
    const unused = await completed(finn);
    const posted = await completed(finn);
    const pending = await by(finn).upload({ contentType: 'image/jpeg', bytes: 9 });
    const post = await world.as(finn).posts.create({ mediaIds: [posted], visibility: 'public' });
    await world.as(finn).users.updateMe({ avatarMediaId: posted });
    const first = await by(finn).list({ limit: 2 });
    expect(first.items.map(({ id, status, usedIn }) => ({ id, status, usedIn }))).toEqual([
      { id: pending.uploadId, status: 'pending', usedIn: { postIds: [], storyIds: [], isAvatar: false } },
      { id: posted, status: 'completed', usedIn: { postIds: [post.id], storyIds: [], isAvatar: true } },
    ]);
    const rest = await by(finn).list({ limit: 2, cursor: first.nextCursor! });
    expect(rest.items.map(({ id }) => id)).toEqual([unused]);
    expect(rest.nextCursor).toBeNull();
    expect(rest.items[0]!.originalUrl).toContain('http');
    expect(first.items[0]!.originalUrl).toBeNull();
    expect(await codeOf(by(alice).list({ limit: 2, cursor: first.nextCursor! }))).toBe('invalid_cursor');
  });
});

describe('where it is kept follows who may see it', () => {
  test('public while its post is, and every old URL dies when it is hidden', async () => {
    const post = await world.post(alice);
    const mediaId = post.media[0]!.id;
    expect(await areaOf(mediaId)).toBe('pub');
    const open = await urlsOf(mediaId, bob);
    expect(await answersOf(open)).toEqual([200]);

    await world.as(alice).posts.edit({ postId: post.id, visibility: 'followers' });
    await world.drain();
    expect(await areaOf(mediaId)).toBe('priv');
    expect(await answersOf(open)).toEqual([404]);
    const signed = await urlsOf(mediaId);
    expect(await answersOf(signed)).toEqual([200]);

    await world.as(alice).posts.edit({ postId: post.id, visibility: 'public' });
    await world.drain();
    // More people may see it, so nobody's URL dies before its time.
    expect(await answersOf(signed)).toEqual([200]);
    const again = await urlsOf(mediaId, bob);
    expect(again.filter((url) => open.includes(url))).toEqual([]);
    expect(await answersOf(again)).toEqual([200]);

    await world.as(alice).posts.delete({ postId: post.id });
    await world.drain();
    expect(await answersOf([...open, ...signed, ...again])).toEqual([404]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('a URL from before the audience grew works to its end, and the old place as long as what it was signed for', async () => {
    const mediaId = await completed();
    const given = await urlsOf(mediaId);
    const old = await keysOf(mediaId);
    await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.drain();
    expect(await areaOf(mediaId)).toBe('pub');
    expect(await answersOf([...given, ...(await signedOf(old))])).toEqual([200]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);

    await world.database.sql`update jobs set visible_at = now() where kind = 'media.removeObjects'`;
    await world.drain();
    expect(await answersOf(await signedOf(old))).toEqual([404]);
    expect(await answersOf([...given, ...(await urlsOf(mediaId))])).toEqual([200]);
  });

  test('every URL dies with a photograph that is deleted soon after its audience grew', async () => {
    const mediaId = await completed();
    const given = await urlsOf(mediaId);
    const post = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.drain();
    const open = await urlsOf(mediaId, bob);
    expect(await answersOf([...given, ...open])).toEqual([200]);
    await world.as(alice).posts.delete({ postId: post.id });
    await world.drain();
    expect(await answersOf([...given, ...open])).toEqual([404]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('for all of a person who goes private, and back', async () => {
    const { gina } = await world.people('gina');
    await world.as(carol).social.follow({ userId: gina.id });
    const posts = [await world.post(gina), await world.post(gina), await world.post(gina)];
    const ids = posts.map(({ media }) => media[0]!.id);
    const open = (await Promise.all(ids.map((id) => urlsOf(id, bob)))).flat();
    await world.as(gina).users.updateMe({ isPrivate: true });
    await world.drain();
    expect(await Promise.all(ids.map(areaOf))).toEqual(['priv', 'priv', 'priv']);
    expect(await answersOf(open)).toEqual([404]);
    expect(await answersOf(await urlsOf(ids[0]!, carol))).toEqual([200]);
    await world.as(gina).users.updateMe({ isPrivate: false });
    await world.drain();
    expect(await Promise.all(ids.map(areaOf))).toEqual(['pub', 'pub', 'pub']);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('what was signed dies when what only some could see is hidden from all; its owner keeps their URL', async () => {
    const mediaId = await completed();
    const post = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'followers' });
    await world.as(alice).users.updateMe({ avatarMediaId: null });
    await world.drain();
    const [given, old] = [await urlsOf(mediaId), await keysOf(mediaId)];
    await world.database.sql`update posts set taken_down_at = now() where id = ${post.id}`;
    await placeMedia(world.app, { mediaIds: [mediaId] });
    await world.drain();
    expect(await answersOf(await signedOf(old))).toEqual([404]);
    expect(await answersOf([...given, ...(await urlsOf(mediaId))])).toEqual([200]);
  });

  test('the same URL is given again, so that browsers can keep what it shows', async () => {
    const mediaId = await completed();
    expect(await urlsOf(mediaId)).toEqual(await urlsOf(mediaId));
  });

  test('however often and by how many at once it is placed', async () => {
    const post = await world.post(alice, { visibility: 'followers' });
    const mediaId = post.media[0]!.id;
    await world.database.sql`update posts set visibility = 'public' where id = ${post.id}`;
    await Promise.all(Array.from({ length: 10 }, () => placeMedia(world.app, { mediaIds: [mediaId] })));
    await world.drain();
    expect(await areaOf(mediaId)).toBe('pub');
    expect(await answersOf(await urlsOf(mediaId, bob))).toEqual([200]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('in the end, whatever changes while it is moved', async () => {
    const { hugo } = await world.people('hugo');
    const posts = [await world.post(hugo), await world.post(hugo)];
    const peer = await createWorld({ peerOf: world });
    const random = seededRandom(7);
    for (let change = 0; change < 16; change += 1) {
      const visibility = random() < 0.5 ? 'public' : 'followers';
      const { id: postId } = posts[Math.floor(random() * posts.length)]!;
      await Promise.all([
        random() < 0.3
          ? world.as(hugo).users.updateMe({ isPrivate: random() < 0.5 })
          : world.as(hugo).posts.edit({ postId, visibility }),
        world.drain(),
        peer.drain(),
      ]);
    }
    await world.drain();
    await peer.close();
    const { isPrivate } = await world.as(hugo).users.get({ userId: hugo.id });
    for (const { id: postId } of posts) {
      const { media, visibility } = await world.as(hugo).posts.get({ postId });
      const isOpen = visibility === 'public' && !isPrivate;
      expect(await areaOf(media[0]!.id)).toBe(isOpen ? 'pub' : 'priv');
      expect(await answersOf(await urlsOf(media[0]!.id, hugo))).toEqual([200]);
    }
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('never in public after it was hidden, not even when that happens during the move', async () => {
    const post = await world.post(alice, { visibility: 'followers' });
    const mediaId = post.media[0]!.id;
    const show = (visibility: string) =>
      world.database.sql`update posts set visibility = ${visibility} where id = ${post.id}`;
    await show('public');
    const { storage } = world.app;
    const copy = async (...args: Parameters<typeof storage.copy>) => {
      await show('followers');
      await storage.copy(...args);
    };
    await placeMedia({ ...world.app, storage: { ...storage, copy } }, { mediaIds: [mediaId] });
    expect(await areaOf(mediaId)).toBe('priv');
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test.each([
    ['and nothing else happened', false],
    ['and who may see it changed again', true],
  ])(
    'also after the mover died at any of its side effects %s; nothing is left over',
    async (_what, changes) => {
      const post = await world.post(alice, { visibility: 'followers' });
      const mediaId = post.media[0]!.id;
      const show = (isOpen: boolean) =>
        world.database
          .sql`update posts set visibility = ${isOpen ? 'public' : 'followers'} where id = ${post.id}`;
      let isOpen = false;
      let crashes = 0;
      for (let effects = 1; effects < 30; effects += 1) {
        isOpen = (await areaOf(mediaId)) !== 'pub';
        await show(isOpen);
        const dying = dyingApp(world.app, effects);
        const end = await placeMedia(dying.app, { mediaIds: [mediaId] }).catch((error: unknown) => error);
        if (dying.isDead()) {
          expect(end).toBeInstanceOf(Crash);
          crashes += 1;
        }
        if (changes) {
          isOpen = !isOpen;
          await show(isOpen);
        }
        await placeMedia(world.app, { mediaIds: [mediaId] });
        await world.drain();
        expect(await areaOf(mediaId)).toBe(isOpen ? 'pub' : 'priv');
        expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
        if (!dying.isDead()) break;
      }
      expect(crashes).toBe(6);
    },
  );
});

test('uploads that never came are forgotten a day after their ticket ended', async () => {
  const { uploadId } = await by(alice).upload({ contentType: 'image/jpeg', bytes: 9 });
  await purgeAbandonedUploads(world.app);
  expect((await by(alice).status({ uploadId })).status).toBe('pending');
  await world.database
    .sql`update media set upload_expires_at = now() - interval '25 hours' where id = ${uploadId}`;
  expect(await purgeAbandonedUploads(world.app)).toBe(1);
  expect(await codeOf(by(alice).status({ uploadId }))).toBe('not_found');
});
