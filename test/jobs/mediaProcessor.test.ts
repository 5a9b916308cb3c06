import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { inTransaction } from '../../server/core/app.ts';
import { createPost } from '../../server/domains/posts/service.ts';
import { PermanentFailure } from '../../server/infra/queue/consumer.ts';
import { processMedia } from '../../server/jobs/mediaProcessor.ts';
import { media } from '../../server/schema/index.ts';
import { blackPng, CANARY, chatty, scene } from '../imaging/corpus.ts';
import { Crash, dyingApp } from '../support/crash.ts';
import { foundByExiftool, hasExiftool } from '../support/exiftool.ts';
import { test } from '../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects, storedKeys } from '../support/objects.ts';
import { seededRandom } from '../support/random.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
let alice: Person;
let bob: Person;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile, bob: bobOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
});

const { signal } = new AbortController();
const status = (uploadId: string) => world.as(alice).media.status({ uploadId });
const view = (mediaId: string) => world.as(alice).media.get({ mediaId });

async function rowOf(mediaId: string) {
  return (await world.app.db.select().from(media)).find(({ id }) => id === mediaId)!;
}

/** Without a run of the worker. */
const uploaded = async (file?: Buffer, contentType?: string) =>
  world.upload(alice, file ?? (await chatty('jpeg', { picture: scene(64, 48) })), contentType);

describe('a photograph', () => {
  test('is completed with all that is shown of it', async () => {
    const mediaId = await uploaded(await chatty('jpeg', { orientation: 6 }));
    await world.drain();
    expect(await view(mediaId)).toMatchObject({
      id: mediaId,
      status: 'completed',
      width: 240,
      height: 320,
      thumbhash: expect.stringMatching(/^[A-Za-z0-9+/=]{20,40}$/),
      dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
      camera: {},
    });
    expect(await rowOf(mediaId)).toMatchObject({
      attempt: 1,
      area: 'priv',
      camera: { make: 'Ciel', model: 'Test One', aperture: 'f/2.8' },
    });
    const { fileRights, ...kept } = await rowOf(mediaId);
    expect(JSON.stringify(kept)).not.toContain(CANARY);
    expect(Object.keys(fileRights).sort()).toEqual(['copyright', 'creator']);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('makes the post appear that waited for it', async () => {
    const [first, second] = [await uploaded(), await uploaded()];
    const { id: postId } = await world
      .as(alice)
      .posts.create({ mediaIds: [first, second], visibility: 'public' });
    await processMedia(world.app, { mediaId: first }, signal);
    await expect(world.as(bob).posts.get({ postId })).rejects.toThrow();
    await processMedia(world.app, { mediaId: second }, signal);
    expect((await world.as(bob).posts.get({ postId })).id).toBe(postId);
    await world.drain();
  });

  test('that is finished while a post is being made of it makes that appear too', async () => {
    const mediaId = await uploaded();
    let isMade = false;
    let committed: Promise<{ id: string }> | undefined;
    const isOpen = Promise.withResolvers<void>();
    const makePost = () =>
      inTransaction(world.app, async (app) => {
        const post = await createPost(app, alice.viewer, {
          mediaIds: [mediaId],
          caption: '',
          visibility: 'public',
        });
        isOpen.resolve();
        while (!isMade && !(await somebodyWaitsForALock())) await sleep(10);
        return post;
      });
    const { storage } = world.app;
    const write = async (...args: Parameters<typeof storage.write>) => {
      committed ??= makePost();
      await isOpen.promise;
      await storage.write(...args);
    };
    await processMedia({ ...world.app, storage: { ...storage, write } }, { mediaId }, signal);
    isMade = true;
    const { id: postId } = await committed!;
    expect((await world.as(bob).posts.get({ postId })).id).toBe(postId);
    await world.drain();
  });

  async function somebodyWaitsForALock(): Promise<boolean> {
    const rows = await world.database.sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return rows.length > 0;
  }

  test('that fails leaves its post unpublished and tells why', async () => {
    const mediaId = await uploaded((await chatty('jpeg')).subarray(0, 4000));
    const { id: postId } = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await world.drain();
    expect(await status(mediaId)).toEqual({
      status: 'failed',
      mediaId,
      reason: 'The file is damaged: it cannot be decoded',
    });
    await expect(world.as(bob).posts.get({ postId })).rejects.toThrow();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('that is gone, or a job for nothing, is done', async () => {
    await processMedia(world.app, { mediaId: randomUUID() }, signal);
    const mediaId = await uploaded();
    await world.as(alice).media.delete({ mediaId });
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
    await expect(processMedia(world.app, { mediaId: 'x' }, signal)).rejects.toThrow(PermanentFailure);
  });

  test('that is deleted while it is made leaves nothing', async () => {
    const mediaId = await uploaded();
    await Promise.all([
      processMedia(world.app, { mediaId }, signal),
      world.as(alice).media.delete({ mediaId }),
    ]);
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('whose worker is asked to stop goes back to the queue and is processed by the next worker', async () => {
    const mediaId = await uploaded();
    await expect(processMedia(world.app, { mediaId }, AbortSignal.abort())).rejects.toThrow('aborted');
    expect((await status(mediaId)).status).toBe('processing');
    await world.drain();
    expect((await status(mediaId)).status).toBe('completed');
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });
});

describe('files that are no good', () => {
  const zip = Buffer.from('504b0304140000000800', 'hex');
  const half = (file: Buffer) => file.subarray(0, file.length >> 1);
  const corpus: [what: string, make: () => Promise<Buffer> | Buffer, contentType: string, ends: RegExp][] = [
    ['256 megapixels', () => blackPng(16_000, 16_000), 'image/png', /megapixels/],
    ['half a JPEG', async () => half(await chatty('jpeg')), 'image/jpeg', /damaged/],
    ['half a PNG', async () => half(await chatty('png')), 'image/png', /damaged/],
    ['half a WebP', async () => half(await chatty('webp')), 'image/webp', /damaged/],
    ['half an AVIF', async () => half(await chatty('avif')), 'image/avif', /damaged/],
    [
      'a JPEG in name only',
      () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), zip]),
      'image/jpeg',
      /damaged/,
    ],
    [
      'a script behind a JPEG marker',
      () => Buffer.from('\xff\xd8\xff<script>alert(1)</script>', 'latin1'),
      'image/jpeg',
      /damaged/,
    ],
    [
      'an AVIF in name only',
      () => Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif'),
      'image/avif',
      /damaged/,
    ],
  ];

  test.each(corpus)(
    '%s: fails for a reason, and the next photograph is made',
    async (_what, make, type, reason) => {
      const bad = await world.upload(alice, await make(), type);
      const good = await uploaded();
      await world.drain();
      expect(await status(bad)).toMatchObject({ status: 'failed', reason: expect.stringMatching(reason) });
      expect((await status(good)).status).toBe('completed');
      expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
    },
  );

  test('a picture with a page, a script or an archive hung on loses it', async () => {
    const tails = [zip, Buffer.from('<script>CANARY</script>'), Buffer.from('%PDF-1.4 CANARY')];
    for (const tail of tails) {
      const mediaId = await uploaded(Buffer.concat([await chatty('jpeg'), tail]));
      await world.drain();
      const { originalKey } = await rowOf(mediaId);
      const original = await world.app.storage.read(originalKey!, 1_000_000);
      expect(original.subarray(-2).toString('hex')).toBe('ffd9');
      expect(original.includes(tail)).toBe(false);
    }
  });

  test('mutated files are accepted or refused, and the worker survives', async () => {
    const random = seededRandom(23);
    const ids: string[] = [];
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const file = await chatty(format, { picture: scene(64, 48) });
      for (let i = 0; i < 8; i += 1) {
        const mutant = Buffer.from(file);
        for (let change = 0; change < 4; change += 1)
          mutant[32 + Math.floor(random() * (mutant.length - 32))] = Math.floor(random() * 256);
        ids.push(await world.upload(alice, mutant, `image/${format}`));
      }
    }
    await world.drain();
    const ends = await Promise.all(ids.map(async (id) => (await status(id)).status));
    expect(new Set(ends)).toEqual(new Set(['completed', 'failed']));
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });
});

describe('stored data', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'of a %s tells nothing of who, where and with what',
    async (format) => {
      const file = await chatty(format, { orientation: 6 });
      const before = await storedKeys(world);
      const mediaId = await world.upload(alice, file, `image/${format}`);
      await world.drain();
      const keys = (await storedKeys(world)).filter((key) => !before.includes(key));
      expect(keys).toHaveLength(5);
      const objects = await Promise.all(keys.map((key) => world.app.storage.read(key, 10_000_000)));
      for (const object of objects) {
        expect(object.includes(CANARY)).toBe(false);
        expect((await sharp(object).metadata()).xmp).toBeUndefined();
      }
      if (hasExiftool) expect(await foundByExiftool(...objects)).toEqual([]);
      const { fileRights, ...kept } = await rowOf(mediaId);
      expect(Object.keys(fileRights).every((name) => ['copyright', 'creator'].includes(name))).toBe(true);
      expect(JSON.stringify(kept)).not.toMatch(/CANARY|GPS/);
    },
    60_000,
  );

  test('of the original is the picture bit by bit, for its owner only', async () => {
    const file = await chatty('png');
    const mediaId = await world.upload(alice, file, 'image/png');
    await world.drain();
    const { items } = await world.as(alice).media.list({ limit: 1 });
    expect(items[0]!.id).toBe(mediaId);
    const original = Buffer.from(await (await fetch(items[0]!.originalUrl!)).arrayBuffer());
    const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
    expect((await pixels(original)).equals(await pixels(file))).toBe(true);
    const { originalKey } = await rowOf(mediaId);
    const bare = `${world.app.settings.publicUrl}/files/${originalKey}`;
    expect((await fetch(bare)).ok).toBe(false);
  });
});

describe('a job that comes more than once', () => {
  test('twenty times at once makes one set of variants', async () => {
    const mediaId = await uploaded();
    await Promise.all(Array.from({ length: 20 }, () => processMedia(world.app, { mediaId }, signal)));
    await world.drain();
    expect((await status(mediaId)).status).toBe('completed');
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('again after it was done changes nothing', async () => {
    const mediaId = await uploaded();
    await world.drain();
    const before = await rowOf(mediaId);
    await processMedia(world.app, { mediaId }, signal);
    expect(await rowOf(mediaId)).toEqual(before);
  });

  test('a worker whose job was taken over cannot finish, and removes what it wrote', async () => {
    const mediaId = await uploaded();
    let overtake = async () => {};
    const slow = {
      ...world.app,
      storage: Object.assign(Object.create(world.app.storage) as typeof world.app.storage, {
        write: async (...args: Parameters<typeof world.app.storage.write>) => {
          const [now, none] = [overtake, async () => {}];
          overtake = none;
          await now();
          await world.app.storage.write(...args);
        },
      }),
    };
    overtake = async () => {
      await processMedia(world.app, { mediaId }, signal);
      await world.drain();
    };
    await processMedia(slow, { mediaId }, signal);
    expect(await rowOf(mediaId)).toMatchObject({ status: 'completed', attempt: 2 });
    await world.drain();
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('after its worker died at any of its side effects, it is done and nothing is left over', async () => {
    let crashes = 0;
    for (let effects = 1; effects < 30; effects += 1) {
      const mediaId = await uploaded();
      const dying = dyingApp(world.app, effects);
      const end = await processMedia(dying.app, { mediaId }, signal).catch((error: unknown) => error);
      if (dying.isDead()) {
        expect(end).toBeInstanceOf(Crash);
        crashes += 1;
      }
      await world.drain();
      expect((await status(mediaId)).status).toBe('completed');
      expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
      if (!dying.isDead()) break;
    }
    expect(crashes).toBe(5);
  });
});
