import { createHash, randomBytes } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeAbandonedUploads } from '../../../server/domains/media/orphans/service.ts';
import { PartsMissing } from '../../../server/infra/storage/storage.ts';
import { type OpenStorage, openFiles, openS3 } from '../../support/storages.ts';
import { createWorld, type Person, type World } from '../../support/world.ts';

const MIB = 1024 ** 2;
const HOURS_MS = 3_600_000;

/** Makes the upload in parts look two hours old. */
type Age = (partsId: string) => Promise<void>;
const stores: [name: string, open: () => Promise<OpenStorage & { age: Age }>][] = [
  [
    'files',
    async () => {
      const opened = await openFiles();
      const age: Age = async (partsId) => {
        const folder = join(opened.root, '.parts');
        const name = (await readdir(folder)).find((name) => name.endsWith(partsId))!;
        const past = new Date(Date.now() - 2 * HOURS_MS);
        await utimes(join(folder, name), past, past);
      };
      return { ...opened, age };
    },
  ],
  [
    'S3',
    async () => {
      const opened = await openS3();
      const age: Age = async (partsId) => {
        for (const { uploads } of opened.double.buckets.values()) {
          const upload = uploads.get(partsId);
          if (upload) upload.startedAt = new Date(Date.now() - 2 * HOURS_MS);
        }
      };
      return { ...opened, age };
    },
  ],
];

describe.each(stores)('a large upload to %s', (_name, open) => {
  let store: OpenStorage;
  let age: Age;
  let world: World;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    const opened = await open();
    store = opened;
    age = opened.age;
    world = await createWorld({ storage: store.storage, settings: { uploadMaxBytes: 50 * MIB } });
    ({ alice, bob } = await world.people('alice', 'bob'));
  });
  afterAll(async () => {
    await world.close();
    await store.close();
  });

  const side = 1800;
  const noise = () =>
    sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .png({ compressionLevel: 0 })
      .toBuffer();

  const announce = (photo: Buffer) =>
    world.as(alice).media.upload({
      contentType: 'image/png',
      bytes: photo.length,
      sha256: createHash('sha256').update(photo).digest('hex'),
    });
  type Ticket = Awaited<ReturnType<typeof announce>>;
  type Part = NonNullable<Ticket['parts']>[number];

  const sendPart = ({ url, headers, from, to }: Part, photo: Buffer) =>
    fetch(url, { method: 'PUT', headers, body: new Uint8Array(photo.subarray(from, to)) });
  const sendWhole = ({ uploadUrl, method, headers }: Ticket, photo: Buffer) =>
    fetch(uploadUrl, { method, headers, body: new Uint8Array(photo) });
  const statusOf = ({ uploadId }: Ticket) => world.as(alice).media.status({ uploadId });
  const complete = ({ uploadId }: Ticket) => world.as(alice).media.complete({ uploadId });
  const unjoinedOf = async ({ uploadId }: Pick<Ticket, 'uploadId'>) => {
    const rows = await world.app.db.execute(sql`select upload_key from media where id = ${uploadId}`);
    return store.storage.listUnjoined(String([...rows][0]!.upload_key), null, 100);
  };

  test('can be sent in parts of 8 MiB, goes on where it was, and becomes one photograph', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    expect(ticket.parts!.map(({ number, from, to }) => [number, from, to])).toEqual([
      [1, 0, 8 * MIB],
      [2, 8 * MIB, photo.length],
    ]);
    expect((await sendPart(ticket.parts![1]!, photo)).status).toBe(200);
    await expect(complete(ticket)).rejects.toMatchObject({
      cause: {
        code: 'upload_missing',
        message: 'Part 1 is missing, of 2; the status of the upload has their URLs',
      },
    });
    const again = await announce(photo);
    expect(again.uploadId).toBe(ticket.uploadId);
    const { parts, status } = await statusOf(ticket);
    expect([status, parts!.map(({ number }) => number)]).toEqual(['pending', [1]]);
    expect((await sendPart(parts![0]!, photo)).status).toBe(200);
    expect((await statusOf(ticket)).parts).toEqual([]);
    expect(await complete(ticket)).toEqual({ status: 'uploaded', mediaId: ticket.uploadId });
    await world.drain();
    expect(await statusOf(ticket)).toEqual({ status: 'completed', mediaId: ticket.uploadId });
    expect(await unjoinedOf(ticket)).toEqual([]);
    expect([404, 409]).toContain((await sendPart(ticket.parts![0]!, photo)).status);
  });

  test('that comes whole ends the one in parts', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    expect((await sendPart(ticket.parts![1]!, photo)).status).toBe(200);
    expect((await sendWhole(ticket, photo)).status).toBe(200);
    await complete(ticket);
    expect(await unjoinedOf(ticket)).toEqual([]);
    expect((await sendPart(ticket.parts![0]!, photo)).status).toBe(404);
    await world.drain();
    expect(await statusOf(ticket)).toMatchObject({ status: 'completed' });
  });

  test('of 8 MiB or less has no parts, and nobody else sees those of a larger one', async () => {
    const small = await world.as(alice).media.upload({ contentType: 'image/png', bytes: 8 * MIB });
    expect(small.parts).toBeUndefined();
    const { uploadId, parts } = await announce(await noise());
    expect(parts).toHaveLength(2);
    await expect(world.as(bob).media.status({ uploadId })).rejects.toThrow('Not found');
    await expect(world.as(bob).media.complete({ uploadId })).rejects.toThrow('Not found');
  });

  test('in parts and whole at once becomes one photograph, whichever is first', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    const sent = await Promise.all([
      sendWhole(ticket, photo),
      ...ticket.parts!.map((part) => sendPart(part, photo)),
    ]);
    for (const { status } of sent) expect([200, 404, 409, 412]).toContain(status);
    const completed = await Promise.all([complete(ticket), complete(ticket), complete(ticket)]);
    expect(new Set(completed.map(({ status }) => status))).toEqual(new Set(['uploaded']));
    await world.drain();
    expect(await statusOf(ticket)).toEqual({ status: 'completed', mediaId: ticket.uploadId });
    expect(await unjoinedOf(ticket)).toEqual([]);
  });

  test('in parts of other bytes than were declared is refused by their digest', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    const other = await noise();
    for (const part of ticket.parts!) expect((await sendPart(part, other)).status).toBe(200);
    await complete(ticket);
    await world.drain();
    expect(await statusOf(ticket)).toMatchObject({ status: 'failed' });
  });

  test('in parts is aborted, a day after its ticket has ended', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    await sendPart(ticket.parts![1]!, photo);
    const { key, partsId } = (await unjoinedOf(ticket))[0]!;
    const endedAgo = (age: string) =>
      world.app.db.execute(
        sql`update media set upload_expires_at = now() - ${age}::interval where id = ${ticket.uploadId}`,
      );
    await endedAgo('23 hours');
    await purgeAbandonedUploads(world.app);
    expect((await statusOf(ticket)).parts).toHaveLength(1);
    await endedAgo('25 hours');
    await purgeAbandonedUploads(world.app);
    await expect(statusOf(ticket)).rejects.toThrow('Not found');
    await expect(store.storage.listParts({ key, partsId })).rejects.toThrow(PartsMissing);
    expect((await sendPart(ticket.parts![0]!, photo)).status).toBe(404);
  });

  test('that nobody announced is aborted after an hour', async () => {
    const key = 'up/nobody';
    const partsId = await store.storage.startParts(key, 'image/png');
    await purgeAbandonedUploads(world.app);
    expect(await store.storage.listParts({ key, partsId })).toEqual([]);
    await age(partsId);
    await purgeAbandonedUploads(world.app);
    await expect(store.storage.listParts({ key, partsId })).rejects.toThrow(PartsMissing);
  });

  test('begins no parts for a file that is refused or known', async () => {
    const photo = await noise();
    const begun = async () => (await store.storage.listUnjoined('up/', null, 1000)).length;
    const ticket = await announce(photo);
    const before = await begun();
    expect((await announce(photo)).uploadId).toBe(ticket.uploadId);
    const upload = (contentType: string, bytes: number) =>
      world.as(alice).media.upload({ contentType, bytes });
    await expect(upload('image/gif', 9 * MIB)).rejects.toThrow();
    await expect(upload('image/png', 51 * MIB)).rejects.toThrow();
    expect(await begun()).toBe(before);
  });

  test('that was sent both ways is kept once, though it is never completed', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    const { key, partsId } = (await unjoinedOf(ticket))[0]!;
    for (const part of ticket.parts!) expect((await sendPart(part, photo)).ok).toBe(true);
    expect((await sendWhole(ticket, photo)).ok).toBe(true);
    await purgeAbandonedUploads(world.app);
    await expect(store.storage.listParts({ key, partsId })).rejects.toThrow(PartsMissing);
    expect((await sendPart(ticket.parts![0]!, photo)).ok).toBe(false);
    expect(await complete(ticket)).toMatchObject({ status: 'uploaded' });
  });

  test('in parts is not swept while its row waits', async () => {
    const photo = await noise();
    const ticket = await announce(photo);
    await sendPart(ticket.parts![1]!, photo);
    await purgeAbandonedUploads(world.app);
    expect((await statusOf(ticket)).parts).toHaveLength(1);
  });
});
