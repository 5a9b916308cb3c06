import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { imageOf } from '../../../sdk/src/images.ts';
import { variantKey } from '../../../server/domains/media/keys.ts';
import { placeMedia } from '../../../server/domains/media/placement/service.ts';
import { completeVariants, countIncomplete } from '../../../server/domains/media/variants/service.ts';
import { GaveWay } from '../../../server/infra/children/children.ts';
import { processMedia } from '../../../server/jobs/mediaProcessor.ts';
import { media } from '../../../server/schema/index.ts';
import { scene } from '../../imaging/corpus.ts';
import { NO_ORPHANS, orphanObjects, storedKeys } from '../../support/objects.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

let world: World;
let alice: Person;
beforeAll(async () => {
  world = await createWorld();
  alice = await world.person('alice');
});
afterAll(() => world.close());
/** Each test is about its own photographs. */
beforeEach(() => world.app.db.update(media).set({ addedDue: null }));

const { signal } = new AbortController();
/** In two sizes. */
const small = () => scene(240, 180).jpeg().toBuffer();
const large = () => scene(1700, 900).jpeg({ quality: 60 }).toBuffer();

const step = (mediaId: string, app = world.app, given = signal) =>
  processMedia(app, { mediaId, step: 'variants' }, given);

async function ready(body?: Buffer) {
  const mediaId = await world.upload(alice, body ?? (await small()));
  await world.drain();
  return mediaId;
}

async function posted(body?: Buffer) {
  const { id: postId, media: shown } = await world.post(alice, { body: body ?? (await small()) });
  return { postId, mediaId: shown[0]!.id };
}

const rowOf = async (mediaId: string) =>
  (await world.app.db.select().from(media).where(eq(media.id, mediaId)))[0]!;

const viewOf = (mediaId: string) => world.as(alice).media.get({ mediaId });

const namesOf = async (mediaId: string) =>
  (await viewOf(mediaId)).variants.map(({ name, type }) => `${name} ${type.slice('image/'.length)}`).sort();

const urlsOf = async (mediaId: string) => (await viewOf(mediaId)).variants.map(({ url }) => url);

const statusesOf = async (urls: string[]) =>
  [...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status)))].sort();

/** What the cleanup does each minute, and the workers after it. */
async function complete(): Promise<void> {
  await completeVariants(world.app);
  await world.drain();
}

const of = (formats: string[]) =>
  ['large', 'medium', 'thumb'].flatMap((name) => formats.map((f) => `${name} ${f}`)).sort();

describe('AVIF', () => {
  test('joins when the others are there, and ends none of their URLs', async () => {
    const { mediaId } = await posted();
    expect(await namesOf(mediaId)).toEqual(of(['jpeg', 'webp']));
    const before = await urlsOf(mediaId);
    await complete();
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
    const after = await urlsOf(mediaId);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(await statusesOf(after)).toEqual([200]);
    const [source] = imageOf(await viewOf(mediaId), { sizes: '100vw' })!.sources;
    expect(source).toMatchObject({ type: 'image/avif' });
    const { url, bytes } = (await viewOf(mediaId)).variants.find(({ type }) => type === 'image/avif')!;
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('image/avif');
    expect((await response.arrayBuffer()).byteLength).toBe(bytes);
    expect(await countIncomplete(world.app)).toBe(0);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('moves with the photograph, and is deleted with it', async () => {
    const { postId, mediaId } = await posted();
    await complete();
    const urls = await urlsOf(mediaId);
    await world.as(alice).posts.edit({ postId, visibility: 'followers' });
    await world.drain();
    expect(await statusesOf(urls)).toEqual([404]);
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
    expect(await statusesOf(await urlsOf(mediaId))).toEqual([200]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
    const unused = await ready();
    await complete();
    const { folder } = await rowOf(unused);
    await world.as(alice).media.delete({ mediaId: unused });
    await world.drain();
    expect((await storedKeys(world)).filter((key) => key.includes(folder!))).toEqual([]);
  });

  test('waits while an upload waits for a worker', async () => {
    const mediaId = await ready();
    const waiting = await world.upload(alice, await small());
    await completeVariants(world.app);
    await step(mediaId);
    expect(await namesOf(mediaId)).toEqual(of(['jpeg', 'webp']));
    const kinds = await world.database.sql`select body from jobs where queue = 'media'`;
    expect(kinds.map(({ body }) => body)).toEqual([{ mediaId: waiting }]);
    await world.drain();
    await complete();
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
    expect(await namesOf(waiting)).toEqual(of(['avif', 'jpeg', 'webp']));
  });

  test('of one photograph at a time is made, and of one after the other', async () => {
    const ids = [await ready(), await ready(), await ready()];
    await Promise.all([completeVariants(world.app), completeVariants(world.app)]);
    expect((await world.database.sql`select from jobs where queue = 'media'`).length).toBe(1);
    await world.drain();
    for (const id of ids) expect(await namesOf(id)).toEqual(of(['avif', 'jpeg', 'webp']));
  });
});

/** An app whose decoders do something else before they return. */
const afterDecoding = (then: () => Promise<unknown>) => ({
  ...world.app,
  decoders: {
    ...world.app.decoders,
    run: async (...args: Parameters<typeof world.app.decoders.run>) => {
      const frame = await world.app.decoders.run(...args);
      await then();
      return frame;
    },
  },
});

describe('a step', () => {
  test('during which the photograph moves stores where it is then', async () => {
    const { postId, mediaId } = await posted();
    const { folder } = await rowOf(mediaId);
    const hide = async () => {
      await world.as(alice).posts.edit({ postId, visibility: 'followers' });
      await world.drain();
    };
    await step(mediaId, afterDecoding(hide));
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
    expect(await statusesOf(await urlsOf(mediaId))).toEqual([200]);
    expect((await storedKeys(world)).filter((key) => key.includes(folder!))).toEqual([]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('holds up a move while it writes, which takes along what was written', async () => {
    const { postId, mediaId } = await posted();
    const { folder } = await rowOf(mediaId);
    await world.as(alice).posts.edit({ postId, visibility: 'followers' });
    const { storage } = world.app;
    let move: Promise<void> | undefined;
    const write = async (...args: Parameters<typeof storage.write>) => {
      move ??= placeMedia(world.app, { mediaIds: [mediaId] });
      await Promise.race([move, somebodyWaitsForALock()]);
      await storage.write(...args);
    };
    await step(mediaId, { ...world.app, storage: Object.assign(Object.create(storage), { write }) });
    await move;
    await world.drain();
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
    expect((await storedKeys(world)).filter((key) => key.includes(folder!))).toEqual([]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  async function somebodyWaitsForALock(): Promise<void> {
    for (let rows = 0; rows === 0; )
      ({ length: rows } = await world.database.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  }

  test('during which the photograph is deleted leaves nothing', async () => {
    const mediaId = await ready();
    const remove = async () => {
      await world.as(alice).media.delete({ mediaId });
      await world.drain();
    };
    await step(mediaId, afterDecoding(remove));
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('that was replaced by a later one adds nothing', async () => {
    const mediaId = await ready();
    const replace = async () => {
      await world.app.db.update(media).set({ addedDue: sql`now()` }).where(eq(media.id, mediaId));
      const otherProcess = { ...world.app, decoders: { ...world.app.decoders } };
      await step(mediaId, otherProcess);
    };
    await step(mediaId, afterDecoding(replace));
    const row = await rowOf(mediaId);
    expect(row).toMatchObject({ addedAttempt: 2, addedDue: null });
    expect(row.addedVariants.map(({ name, format }) => `${name} ${format}`)).toEqual([
      'medium avif',
      'thumb avif',
    ]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('twenty times at once adds one set', async () => {
    const mediaId = await ready();
    await Promise.all(Array.from({ length: 20 }, () => step(mediaId)));
    await world.drain();
    expect((await rowOf(mediaId)).addedAttempt).toBe(1);
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
  });

  test('that ends between its writes leaves only what the next one replaces', async () => {
    const { storage } = world.app;
    for (const last of [0, 1]) {
      const mediaId = await ready();
      let writes = 0;
      const write = async (...args: Parameters<typeof storage.write>) => {
        if (writes++ >= last) throw new Error('on purpose');
        await storage.write(...args);
      };
      await step(mediaId, { ...world.app, storage: Object.assign(Object.create(storage), { write }) });
      expect(await namesOf(mediaId)).toEqual(of(['jpeg', 'webp']));
      await world.app.db.update(media).set({ addedDue: sql`now()` }).where(eq(media.id, mediaId));
      await complete();
      expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
      expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
    }
  });

  test('that fails leaves the photograph as it was, and is tried again later', async () => {
    const mediaId = await ready();
    const before = await namesOf(mediaId);
    const failing = {
      ...world.app,
      decoders: { ...world.app.decoders, run: () => Promise.reject(new Error('on purpose')) },
    };
    for (const attempt of [1, 2, 3, 4, 5]) {
      await step(mediaId, failing);
      expect(await rowOf(mediaId)).toMatchObject({ status: 'completed', addedAttempt: attempt });
      await step(mediaId, failing);
      expect(await rowOf(mediaId)).toMatchObject({ addedAttempt: attempt });
      await world.app.db
        .update(media)
        .set({ addedDue: sql`case when added_due is null then null else now() end` })
        .where(eq(media.id, mediaId));
    }
    expect(await rowOf(mediaId)).toMatchObject({ addedDue: null });
    expect(await namesOf(mediaId)).toEqual(before);
    expect(await statusesOf(await urlsOf(mediaId))).toEqual([200]);
  });

  test('of an original that is no photograph is not tried again', async () => {
    const mediaId = await ready();
    const { originalKey } = await rowOf(mediaId);
    await world.app.storage.write(originalKey!, Buffer.from('<svg/>'), {
      contentType: 'image/jpeg',
      cacheControl: 'private',
    });
    await step(mediaId);
    expect(await rowOf(mediaId)).toMatchObject({ status: 'completed', addedAttempt: 1, addedDue: null });
  });

  test('that gives way to an upload, or whose worker stops, does not count as an attempt', async () => {
    const mediaId = await ready();
    const yielding = {
      ...world.app,
      decoders: { ...world.app.decoders, run: () => Promise.reject(new GaveWay('for an upload')) },
    };
    await step(mediaId, yielding);
    expect(await rowOf(mediaId)).toMatchObject({ addedAttempt: 0 });
    await expect(step(mediaId, world.app, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await rowOf(mediaId)).toMatchObject({ addedAttempt: 0 });
    await complete();
    expect(await namesOf(mediaId)).toEqual(of(['avif', 'jpeg', 'webp']));
  });
});

describe('during and after a roll-out', () => {
  /** As the previous release stores it: it knows no other variants. */
  async function asBefore(mediaId: string): Promise<void> {
    const { area, folder, addedVariants } = await rowOf(mediaId);
    const keys = addedVariants.map((variant) => variantKey(`${area}/${folder}`, variant));
    await world.app.storage.remove(keys);
    const set = { addedVariants: [], addedPlace: null, addedDue: sql`now()` };
    await world.app.db.update(media).set(set).where(eq(media.id, mediaId));
  }

  /** As the previous release moves it: it copies and removes the variants that it knows, and writes no other column. */
  async function moveAsBefore(mediaId: string, area: 'pub' | 'priv'): Promise<string> {
    const { area: oldArea, folder: oldFolder, variants } = await rowOf(mediaId);
    const [from, folder] = [`${oldArea}/${oldFolder}`, `moved-${mediaId}`];
    const { storage } = world.app;
    for (const variant of variants) {
      const options = { contentType: `image/${variant.format}`, cacheControl: 'private' };
      await storage.copy(variantKey(from, variant), variantKey(`${area}/${folder}`, variant), options);
      await storage.remove([variantKey(from, variant)]);
    }
    await world.app.db.update(media).set({ area, folder }).where(eq(media.id, mediaId));
    return from;
  }

  test('photographs of the previous release get all sizes, and keep their URLs', async () => {
    const { mediaId } = await posted(await large());
    await asBefore(mediaId);
    const before = await urlsOf(mediaId);
    expect(await namesOf(mediaId)).toEqual(of(['jpeg', 'webp']));
    expect(await countIncomplete(world.app)).toBe(1);
    await complete();
    const names = await namesOf(mediaId);
    expect(names).toEqual(
      [...of(['avif', 'jpeg', 'webp']), 'xlarge avif', 'xlarge jpeg', 'xlarge webp'].sort(),
    );
    const after = await urlsOf(mediaId);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(await statusesOf(after)).toEqual([200]);
    expect(await countIncomplete(world.app)).toBe(0);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('what the previous release leaves in the public place of a narrowed photograph is removed, and made again', async () => {
    const { postId, mediaId } = await posted(await large());
    await complete();
    const names = await namesOf(mediaId);
    const urls = await urlsOf(mediaId);
    await world.as(alice).posts.edit({ postId, visibility: 'followers' });
    await world.database.sql`delete from jobs where kind = 'media.place'`;
    const from = await moveAsBefore(mediaId, 'priv');
    expect((await storedKeys(world)).some((key) => key.startsWith(from))).toBe(true);
    expect(await namesOf(mediaId)).toEqual(of(['jpeg', 'webp']));
    expect(await completeVariants(world.app)).toBe(1);
    await world.drain();
    expect((await storedKeys(world)).filter((key) => key.startsWith(from))).toEqual([]);
    expect(await statusesOf(urls)).toEqual([404]);
    await complete();
    expect(await namesOf(mediaId)).toEqual(names);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });
});
