import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeAbandonedUploads } from '../../../server/domains/media/orphans/service.ts';
import { isHeicAvailable } from '../../../server/imaging/heicLibrary.ts';
import { media } from '../../../server/schema/index.ts';
import { encode, type Format, plain, scene } from '../../imaging/corpus.ts';
import { readHeicCase } from '../../imaging/heifWriter.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { type OpenStorage, openFiles, openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const stores: [name: string, open: () => Promise<OpenStorage>][] = [
  ['files', () => openFiles()],
  ['S3', () => openS3()],
];

describe.each(stores)('an upload to %s', (_name, open) => {
  let store: OpenStorage;
  let world: World;
  let alice: Person;
  let bob: Person;
  let photo: Buffer;
  beforeAll(async () => {
    store = await open();
    world = await createWorld({ storage: store.storage });
    ({ alice, bob } = await world.people('alice', 'bob'));
    photo = await encode(scene(), 'jpeg').toBuffer();
  });
  afterAll(async () => {
    await world.close();
    await store.close();
  });

  type Ticket = Awaited<ReturnType<typeof ticketFor>>;
  const ticketFor = (bytes: number, more: { contentType?: string; sha256?: string } = {}) =>
    world.as(alice).media.upload({ contentType: 'image/jpeg', bytes, ...more });

  const send = (
    ticket: Ticket,
    body: Buffer,
    change: { url?: string; headers?: object; method?: string } = {},
  ) =>
    fetch(change.url ?? ticket.uploadUrl, {
      method: change.method ?? ticket.method,
      headers: { ...ticket.headers, ...change.headers },
      body: new Uint8Array(body),
    });

  const complete = ({ uploadId }: Ticket, person = alice) => world.as(person).media.complete({ uploadId });
  const status = async ({ uploadId }: Ticket) => (await world.as(alice).media.status({ uploadId })).status;
  const stored = () => store.storage.list('', null, 1000);

  test('goes from pending to completed and leaves an original and six variants', async () => {
    const before = await stored();
    const ticket = await ticketFor(photo.length, {
      sha256: createHash('sha256').update(photo).digest('hex'),
    });
    expect(await status(ticket)).toBe('pending');
    expect((await send(ticket, photo)).ok).toBe(true);
    expect(await complete(ticket)).toEqual({ status: 'uploaded', mediaId: ticket.uploadId });
    await world.drain();
    expect(await world.as(alice).media.status({ uploadId: ticket.uploadId })).toEqual({
      status: 'completed',
      mediaId: ticket.uploadId,
    });
    const added = (await stored()).filter((key) => !before.includes(key));
    expect(added.map((key) => key.split('/')[0]).sort()).toEqual(['orig', ...Array(4).fill('priv')]);
    const view = await world.as(alice).media.get({ mediaId: ticket.uploadId });
    for (const { url, type, bytes } of view.variants) {
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe(type);
      expect((await response.arrayBuffer()).byteLength).toBe(bytes);
    }
  });

  describe('of a file that was uploaded before', () => {
    const fileOf = async (shade: number) => {
      const body = await encode(scene(40 + shade, 30), 'jpeg').toBuffer();
      return { body, sha256: createHash('sha256').update(body).digest('hex') };
    };

    test('makes no second photograph, also with the bytes sent again', async () => {
      const { body, sha256 } = await fileOf(1);
      const first = await ticketFor(body.length, { sha256 });
      expect(first.status).toBe('pending');
      await send(first, body);
      await complete(first);
      await world.drain();
      const again = await ticketFor(body.length, { sha256: sha256.toUpperCase() });
      expect(again).toMatchObject({ uploadId: first.uploadId, status: 'completed' });
      await send(again, body);
      expect(await complete(again)).toEqual({ status: 'completed', mediaId: first.uploadId });
      await world.drain();
      expect((await world.as(alice).media.get({ mediaId: first.uploadId })).variants).toHaveLength(6);
    });

    test('goes on where it was when the bytes had not arrived', async () => {
      const { body, sha256 } = await fileOf(2);
      const first = await ticketFor(body.length, { sha256 });
      const again = await ticketFor(body.length, { sha256 });
      expect(again).toMatchObject({ uploadId: first.uploadId, status: 'pending' });
      expect((await send(again, body)).ok).toBe(true);
      expect(await complete(again)).toMatchObject({ status: 'uploaded' });
    });

    test('makes one photograph from twelve at once', async () => {
      const { body, sha256 } = await fileOf(3);
      const peer = await createWorld({ peerOf: world });
      try {
        const tickets = await Promise.all(
          Array.from({ length: 12 }, (_, turn) =>
            (turn % 2 ? world : peer).as(alice).media.upload({
              contentType: 'image/jpeg',
              bytes: body.length,
              sha256,
            }),
          ),
        );
        expect(new Set(tickets.map(({ uploadId }) => uploadId)).size).toBe(1);
      } finally {
        await peer.close();
      }
    });

    test('is separate for another user or without the digest, not for another declared type', async () => {
      const { body, sha256 } = await fileOf(4);
      const request = { contentType: 'image/jpeg', bytes: body.length, sha256 };
      const ids = await Promise.all([
        world.as(alice).media.upload(request),
        world.as(bob).media.upload(request),
        world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: body.length }),
        world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: body.length }),
      ]);
      expect(new Set(ids.map(({ uploadId }) => uploadId)).size).toBe(4);
      const again = await world.as(alice).media.upload({ ...request, contentType: 'image/png' });
      expect(again.uploadId).toBe(ids[0]!.uploadId);
      expect((await send(again, body)).ok).toBe(true);
      expect(await complete(again)).toMatchObject({ status: 'uploaded' });
    });

    test('is a new one when the first failed', async () => {
      const body = Buffer.from('\xff\xd8\xff but not a photograph', 'latin1');
      const sha256 = createHash('sha256').update(body).digest('hex');
      const first = await ticketFor(body.length, { sha256 });
      await send(first, body);
      await complete(first);
      await world.drain();
      expect(await status(first)).toBe('failed');
      expect((await ticketFor(body.length, { sha256 })).uploadId).not.toBe(first.uploadId);
    });

    test('takes the new alt text if given, and keeps the old one otherwise', async () => {
      const { body, sha256 } = await fileOf(5);
      const request = { contentType: 'image/jpeg', bytes: body.length, sha256 };
      const { uploadId: mediaId } = await world.as(alice).media.upload({ ...request, altText: 'A river' });
      const altText = async () => (await world.as(alice).media.get({ mediaId })).altText;
      await world.as(alice).media.upload(request);
      expect(await altText()).toBe('A river');
      await world.as(alice).media.upload({ ...request, altText: 'A river at dawn' });
      expect(await altText()).toBe('A river at dawn');
    });
  });

  const sendings: [abuse: string, (ticket: Ticket) => Promise<Response>][] = [
    ['another type', (ticket) => send(ticket, photo, { headers: { 'content-type': 'text/html' } })],
    ['more bytes', (ticket) => send(ticket, Buffer.concat([photo, Buffer.alloc(1)]))],
    ['fewer bytes', (ticket) => send(ticket, photo.subarray(1))],
    ['no bytes', (ticket) => send(ticket, Buffer.alloc(0))],
    ['another key', (ticket) => send(ticket, photo, { url: aimedElsewhere(ticket.uploadUrl) })],
    [
      'a climbing path',
      (ticket) =>
        send(ticket, photo, { url: ticket.uploadUrl.replace(/(files\/put|photographs)\//, '$1/..%2f..%2f') }),
    ],
    ['a changed signature', (ticket) => send(ticket, photo, { url: flipped(ticket.uploadUrl) })],
    ['another method', (ticket) => send(ticket, photo, { method: 'POST' })],
  ];

  test.each(sendings)('of %s is refused, and nothing is kept', async (_abuse, sendBadly) => {
    const before = await stored();
    const ticket = await ticketFor(photo.length);
    const response = await sendBadly(ticket);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await stored()).toEqual(before);
    expect((await refusal(complete(ticket))).code).toBe('upload_missing');
    expect(await status(ticket)).toBe('pending');
  });

  test('of bytes with another digest than was declared is refused', async () => {
    const ticket = await ticketFor(photo.length, { sha256: '0'.repeat(64) });
    expect((await send(ticket, photo)).ok).toBe(false);
    expect(await codeOf(complete(ticket))).toBe('upload_missing');
  });

  test('is not possible with a ticket that has ended', async () => {
    const hasty = await createWorld({
      storage: store.storage,
      peerOf: world,
      settings: { uploadUrlTtlSeconds: 1 },
    });
    const ticket = await hasty.as(alice).media.upload({ contentType: 'image/jpeg', bytes: photo.length });
    await sleep(2100);
    expect((await send(ticket, photo)).ok).toBe(false);
    await hasty.close();
  });

  test('cannot be read with its ticket, nor by anybody before it is verified', async () => {
    const ticket = await ticketFor(photo.length);
    await send(ticket, photo);
    expect((await fetch(ticket.uploadUrl)).ok).toBe(false);
    const view = await world.as(alice).media.get({ mediaId: ticket.uploadId });
    expect(view).toMatchObject({ status: 'pending', variants: [], width: null });
    expect(await codeOf(world.as(bob).media.get({ mediaId: ticket.uploadId }))).toBe('not_found');
  });

  test('is single use: a second upload does not change the object', async () => {
    const ticket = await ticketFor(photo.length);
    await send(ticket, photo);
    const peer = Buffer.from(photo).fill(1, 100, 200);
    expect((await send(ticket, peer)).ok).toBe(false);
    await complete(ticket);
    expect((await send(ticket, peer)).ok).toBe(false);
    const { uploadKey } = await rowOf(ticket);
    expect((await store.storage.read(uploadKey, photo.length)).equals(photo)).toBe(true);
    await world.drain();
    expect(await status(ticket)).toBe('completed');
  });

  test('sent again after processing is never read, and removed', async () => {
    const ticket = await ticketFor(photo.length);
    await send(ticket, photo);
    await complete(ticket);
    await world.drain();
    const before = await world.as(alice).media.get({ mediaId: ticket.uploadId });
    const { uploadKey } = await rowOf(ticket);
    await send(ticket, photo);
    await complete(ticket);
    await world.drain();
    expect(await world.as(alice).media.get({ mediaId: ticket.uploadId })).toEqual(before);
    await purgeAbandonedUploads(world.app);
    expect(await store.storage.head(uploadKey)).toBeNull();
  });

  test('belongs to who asked for it', async () => {
    const ticket = await ticketFor(photo.length);
    await send(ticket, photo);
    expect(await codeOf(complete(ticket, bob))).toBe('not_found');
    expect(await codeOf(world.as(bob).media.status({ uploadId: ticket.uploadId }))).toBe('not_found');
    expect(await codeOf(world.anonymous.media.complete({ uploadId: ticket.uploadId }))).toBe(
      'unauthenticated',
    );
    expect(await codeOf(world.as(alice).media.complete({ uploadId: randomUUID() }))).toBe('not_found');
  });

  test('is enqueued once, however often and however much at once it is completed', async () => {
    const ticket = await ticketFor(photo.length);
    await send(ticket, photo);
    const answers = await Promise.all(Array.from({ length: 20 }, () => complete(ticket)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['uploaded']));
    const jobs = await world.database.sql`select 1 from jobs where body ->> 'mediaId' = ${ticket.uploadId}`;
    expect(jobs).toHaveLength(1);
    await world.drain();
    expect((await complete(ticket)).status).toBe('completed');
  });

  test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['a PDF', () => Buffer.from('%PDF-1.7\n'.padEnd(500, 'x')), /^This is a PDF; send JPEG, PNG/],
    ['a GIF', () => scene().gif().toBuffer(), /^This is a GIF; send JPEG, PNG/],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /^This is an SVG; send/],
  ])('of %s called a JPEG fails when it is completed, and stays failed', async (_what, make, reason) => {
    const file = await make();
    const ticket = await ticketFor(file.length);
    expect((await send(ticket, file)).ok).toBe(true);
    const first = await refusal(complete(ticket));
    expect(first.code).toBe('media_unusable');
    expect(first.message).toMatch(reason);
    expect(await refusal(complete(ticket))).toEqual(first);
    const { status, reason: told } = await world.as(alice).media.status({ uploadId: ticket.uploadId });
    expect({ status, told }).toEqual({ status: 'failed', told: first.message });
    const { uploadKey } = await rowOf(ticket);
    await world.drain();
    expect(await store.storage.head(uploadKey)).toBeNull();
  });

  test.each<[declared: string, format: Format]>([
    ['image/jpg', 'jpeg'],
    ['IMAGE/JPEG', 'jpeg'],
    ['image/jpeg; charset=utf-8', 'jpeg'],
    ['image/jpeg', 'png'],
    ['image/png', 'webp'],
    ['image/webp', 'avif'],
    ['image/avif', 'jpeg'],
  ])('declared as %s is the %s that its bytes are', async (contentType, format) => {
    const file = await encode(scene(80, 60), format).toBuffer();
    const ticket = await ticketFor(file.length, { contentType });
    expect((await send(ticket, file)).ok).toBe(true);
    expect(await complete(ticket)).toMatchObject({ status: 'uploaded' });
    expect((await rowOf(ticket)).contentType).toBe(`image/${format}`);
    await world.drain();
    const { status, originalKey, contentType: stored } = await rowOf(ticket);
    expect({ status, stored }).toEqual({ status: 'completed', stored: `image/${format}` });
    expect((await store.storage.head(originalKey!))?.contentType).toBe(`image/${format}`);
  });

  test.runIf(isHeicAvailable).each(['image/heic', 'image/heif', 'image/jpeg'])(
    'of a HEIC declared as %s shows its picture, and its owner can read the original',
    async (contentType) => {
      const file = readHeicCase('23-p3-icc-told.heic');
      const ticket = await ticketFor(file.length, { contentType });
      expect((await send(ticket, file)).ok).toBe(true);
      await complete(ticket);
      await world.drain();
      const view = await world.as(alice).media.get({ mediaId: ticket.uploadId });
      expect(view).toMatchObject({ status: 'completed', width: 320, height: 240 });
      const own = (await world.as(alice).media.list({})).items.find(({ id }) => id === ticket.uploadId)!;
      expect(own.camera).toMatchObject({ make: 'Camera Co', model: 'Model H', aperture: 'f/1.78' });
      const response = await fetch(own.originalUrl!);
      expect(response.headers.get('content-type')).toBe('image/heic');
      const original = Buffer.from(await response.arrayBuffer());
      expect(original).toHaveLength(file.length);
      expect([file.includes('CANARY'), original.includes('CANARY')]).toEqual([true, false]);
    },
  );

  test('of a HEIC is refused where there is no decoder for it, when asked for and when it was sent', async () => {
    const bare = await createWorld({
      storage: store.storage,
      peerOf: world,
      settings: { acceptsHeic: false },
    });
    try {
      const by = bare.as(alice).media;
      const { acceptedTypes, notAccepted } = await bare.anonymous.media.policy();
      expect(acceptedTypes).toEqual(['image/jpeg', 'image/png', 'image/webp', 'image/avif']);
      expect(notAccepted).toContain('HEIC');
      const fault = 'This is HEIC; send JPEG, PNG, WebP or AVIF';
      const file = readHeicCase('18-iphone-like.heic');
      const asked = await refusal(by.upload({ contentType: 'image/heic', bytes: file.length }));
      expect(asked).toMatchObject({ code: 'unsupported_media_type', message: fault });
      const ticket = await by.upload({ contentType: 'image/jpeg', bytes: file.length });
      expect((await send(ticket, file)).ok).toBe(true);
      const sent = await refusal(by.complete({ uploadId: ticket.uploadId }));
      expect(sent).toMatchObject({ code: 'media_unusable', message: fault });
    } finally {
      await bare.close();
    }
  });

  test('whose declared type the previous release left in the row is what its bytes are', async () => {
    const file = await encode(scene(80, 60), 'png').toBuffer();
    const ticket = await ticketFor(file.length);
    await send(ticket, file);
    await complete(ticket);
    await world.app.db.update(media).set({ contentType: 'image/jpeg' }).where(eq(media.id, ticket.uploadId));
    await world.drain();
    expect(await rowOf(ticket)).toMatchObject({ status: 'completed', contentType: 'image/png' });
  });

  const swaps: [what: string, (file: Buffer) => Promise<Buffer> | Buffer, declaresDigest: boolean][] = [
    ['a longer file', (file) => Buffer.concat([file, Buffer.alloc(9)]), false],
    ['a shorter file', (file) => file.subarray(0, -9), false],
    ['a smaller picture', () => plain('#224466', 16, 16).jpeg().toBuffer(), false],
    ['a file of another kind', (file) => Buffer.alloc(file.length, '<script>'), false],
    ['another picture of the same length', (file) => otherPicture(file.length), true],
  ];

  test.each(swaps)(
    'that is swapped for %s between the check and the worker fails',
    async (_what, swap, declaresDigest) => {
      const fresh = await encode(scene(70, 50), 'jpeg').toBuffer();
      const sha256 = createHash('sha256').update(fresh).digest('hex');
      const ticket = await ticketFor(fresh.length, declaresDigest ? { sha256 } : {});
      await send(ticket, fresh);
      await complete(ticket);
      const { uploadKey } = await rowOf(ticket);
      const options = { contentType: 'image/jpeg', cacheControl: 'no-store' };
      await store.storage.write(uploadKey, await swap(fresh), options);
      const before = await stored();
      await world.drain();
      expect(await status(ticket)).toBe('failed');
      expect(await stored()).toEqual(before.filter((key) => key !== uploadKey));
    },
  );

  async function rowOf({ uploadId }: Ticket) {
    const rows = await world.app.db.select().from(media);
    return rows.find(({ id }) => id === uploadId)!;
  }
});

/** For a public key: in the path for S3, in the readable half of the token for files. */
function aimedElsewhere(url: string): string {
  if (url.includes('/up/')) return url.replace('/up/', '/pub/');
  const [, base, payload, mac] = /^(.*\/)([^/.]+)\.([^/.]+)$/.exec(url)!;
  const grant = Buffer.from(payload!, 'base64url').toString().replace('"up/', '"pub/');
  return `${base}${Buffer.from(grant).toString('base64url')}.${mac}`;
}

/** With one character of the signature changed. */
function flipped(url: string): string {
  const at = url.includes('X-Amz-Signature=') ? url.indexOf('X-Amz-Signature=') + 20 : url.length - 4;
  return `${url.slice(0, at)}${url[at] === '1' ? '2' : '1'}${url.slice(at + 1)}`;
}

async function otherPicture(length: number): Promise<Buffer> {
  const small = await plain('#224466', 16, 16).jpeg().toBuffer();
  return Buffer.concat([small, Buffer.alloc(length - small.length)]);
}

describe('the request', () => {
  let world: World;
  let alice: Person;
  beforeAll(async () => {
    world = await createWorld();
    ({ alice } = await world.people('alice'));
  });
  afterAll(() => world.close());

  const ask = (input: object) =>
    refusal(world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: 100, ...input } as never));

  test.each([
    ['image/gif', 'This is a GIF'],
    ['image/svg+xml', 'This is an SVG'],
    ['text/html; charset=utf-8', 'This is a text file'],
    ['IMAGE/TIFF', 'This is a TIFF'],
    ['video/quicktime', 'This is a video'],
    ['image/x-unknown', 'This is not a photograph that can be read here'],
    ['nonsense', 'This is not a photograph that can be read here'],
  ])('may not be a %s, and the answer says what may be', async (contentType, what) => {
    const { code, message, errors } = await ask({ contentType });
    expect(code).toBe('unsupported_media_type');
    const { acceptedTypes } = await world.anonymous.media.policy();
    const rest = acceptedTypes.includes('image/heic') ? 'WebP, AVIF or HEIC' : 'WebP or AVIF';
    expect(message).toBe(`${what}; send JPEG, PNG, ${rest}`);
    expect(errors).toEqual([{ field: 'contentType', message }]);
  });

  test('may not be larger than the policy says', async () => {
    const { maxBytes } = await world.anonymous.media.policy();
    const { code, message } = await ask({ bytes: maxBytes + 1 });
    expect({ code, message }).toEqual({
      code: 'payload_too_large',
      message: `Photographs may have up to ${maxBytes / 1024 ** 2} MB`,
    });
    expect((await ask({ bytes: 5_000_000_000 })).code).toBe('payload_too_large');
    expect(await codeOf(world.as(alice).media.upload({ contentType: 'image/jpeg', bytes: maxBytes }))).toBe(
      'ok',
    );
  });

  test.each<[string, object, string]>([
    ['no bytes', { bytes: 0 }, 'bytes'],
    ['half a byte', { bytes: 1.5 }, 'bytes'],
    ['negative bytes', { bytes: -1 }, 'bytes'],
    ['bytes in words', { bytes: '100' }, 'bytes'],
    ['a digest that is none', { sha256: 'abc' }, 'sha256'],
    ['an endless alt text', { altText: 'x'.repeat(1501) }, 'altText'],
    ['a field that is not known', { key: 'pub/mine.jpg' }, 'key'],
    ['no type', { contentType: '' }, 'contentType'],
  ])('may not have %s', async (_what, input, field) => {
    const { code, errors } = await ask(input);
    expect({ code, field: errors[0]?.field }).toEqual({ code: 'invalid_input', field });
  });

  test('is for those who are signed in', async () => {
    const call = world.anonymous.media.upload({ contentType: 'image/jpeg', bytes: 1 });
    expect((await refusal(call)).code).toBe('unauthenticated');
  });

  test('is answered with a ticket that ends when it says', async () => {
    const before = Date.now();
    const { expiresAt, method } = await world.as(alice).media.upload({ contentType: 'image/png', bytes: 10 });
    expect(method).toBe('PUT');
    expect(expiresAt.getTime() - before).toBeGreaterThan(895_000);
    expect(expiresAt.getTime() - before).toBeLessThan(930_000);
  });
});
