import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { giveUpStuck } from '../../server/domains/media/failures/service.ts';
import { purgeAbandonedUploads } from '../../server/domains/media/orphans/service.ts';
import { notifyOfFailure } from '../../server/domains/notifications/reconciliation/service.ts';
import { MAX_RECEIVES } from '../../server/infra/queue/queue.ts';
import { runDelivery } from '../../server/jobs/index.ts';
import { processMedia } from '../../server/jobs/mediaProcessor.ts';
import { jobs, media } from '../../server/schema/index.ts';
import { chatty, scene } from '../imaging/corpus.ts';
import { test } from '../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects } from '../support/objects.ts';
import { codeOf } from '../support/refusal.ts';
import type { Person, World } from '../support/world.ts';

let world: World;
let alice: Person;
let bob: Person;
let made = 0;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile, bob: bobOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
});

const { signal } = new AbortController();
const as = () => world.as(alice);
const status = (uploadId: string) => as().media.status({ uploadId });
const told = async () =>
  (await as().notifications.list({})).items.filter(
    (entry) => entry.kind === 'photographFailed' && entry.postId === postId,
  );
const rowOf = async (id: string) => (await world.app.db.select().from(media).where(eq(media.id, id)))[0]!;
const isStored = async (id: string) => (await world.app.storage.head((await rowOf(id)).uploadKey)) !== null;

/** A store that fails whatever is written. */
const broken = () => ({
  ...world.app,
  storage: Object.assign(Object.create(world.app.storage) as World['app']['storage'], {
    write: () => Promise.reject(new Error('The store is unavailable')),
  }),
});

const lastOf = (mediaId: string) => ({
  body: { kind: 'media.process', mediaId },
  receiveCount: MAX_RECEIVES,
});

let mediaId: string;
let postId: string;
let body: Buffer;
beforeEach(async () => {
  await world.drain();
  await world.app.db.delete(jobs);
  body = await chatty('jpeg', { picture: scene(64 + ++made, 48) });
  mediaId = await world.upload(alice, body);
  await world.app.db.delete(jobs);
  ({ id: postId } = await as().posts.create({ mediaIds: [mediaId], visibility: 'public' }));
});

/** Fails without a fault of the file. */
async function fail() {
  await expect(runDelivery(broken(), lastOf(mediaId), signal)).rejects.toThrow('The store is unavailable');
}

describe('a photograph that no attempt could finish', () => {
  test('fails at the last one, tells its owner, and keeps its file', async () => {
    const attempt = { ...lastOf(mediaId), receiveCount: MAX_RECEIVES - 1 };
    await expect(runDelivery(broken(), attempt, signal)).rejects.toThrow('The store is unavailable');
    expect((await status(mediaId)).status).toBe('processing');
    await fail();
    const failed = { status: 'failed', reason: expect.stringMatching(/not with your file/) };
    expect(await status(mediaId)).toMatchObject({ ...failed, retryUntil: expect.any(Date) });
    expect(await as().posts.get({ postId })).toMatchObject({
      status: 'failed',
      media: [{ ...failed, retryUntil: expect.any(Date) }],
    });
    expect(await told()).toHaveLength(1);
    await world.drain();
    await purgeAbandonedUploads(world.app);
    expect(await isStored(mediaId)).toBe(true);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('is tried again when its upload is completed again, once, and its post appears', async () => {
    await fail();
    await Promise.all(Array.from({ length: 20 }, () => as().media.complete({ uploadId: mediaId })));
    expect(await world.app.db.$count(jobs, eq(jobs.kind, 'media.process'))).toBe(1);
    expect(await status(mediaId)).toEqual({ status: 'uploaded', mediaId });
    expect((await as().posts.get({ postId })).status).toBe('processing');
    expect(await told()).toEqual([]);
    await world.drain();
    expect((await world.as(bob).posts.get({ postId })).status).toBe('published');
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('is told of again when it fails again', async () => {
    await fail();
    const [first] = await told();
    await as().notifications.markRead({ notificationId: first!.id });
    await as().media.complete({ uploadId: mediaId });
    await fail();
    expect(await told()).toEqual([expect.objectContaining({ isRead: false, count: 1 })]);
  });

  test('is tried again by a replayed job, and told of no more', async () => {
    await fail();
    await processMedia(world.app, { mediaId }, signal);
    expect((await status(mediaId)).status).toBe('completed');
    expect(await told()).toEqual([]);
  });

  test('is tried again when the same file is uploaded again', async () => {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const file = { contentType: 'image/jpeg', bytes: body.length, sha256 };
    await world.app.db.update(media).set({ sha256 }).where(eq(media.id, mediaId));
    await fail();
    expect(await as().media.upload(file)).toMatchObject({ uploadId: mediaId, status: 'uploaded' });
    await world.drain();
    expect((await world.as(bob).posts.get({ postId })).status).toBe('published');
  });

  test('keeps its file for 30 days', async () => {
    await fail();
    const kept = (await rowOf(mediaId)).keptUntil!.getTime() - Date.now();
    expect(Math.round(kept / 86_400_000)).toBe(30);
    await world.app.db
      .update(media)
      .set({ keptUntil: new Date(Date.now() - 1000) })
      .where(eq(media.id, mediaId));
    await purgeAbandonedUploads(world.app);
    expect(await isStored(mediaId)).toBe(false);
    expect((await status(mediaId)).retryUntil).toBeUndefined();
    expect(await codeOf(as().media.complete({ uploadId: mediaId }))).toBe('upload_missing');
    await processMedia(world.app, { mediaId }, signal);
    expect((await status(mediaId)).status).toBe('failed');
  });

  test('may be left out of its post, which removes its file', async () => {
    await fail();
    const other = await world.upload(alice);
    const { uploadKey } = await rowOf(mediaId);
    await as().posts.edit({ postId, media: [{ mediaId: other }] });
    await world.drain();
    expect(await world.app.storage.head(uploadKey)).toBeNull();
    expect((await world.as(bob).posts.get({ postId })).media.map(({ id }) => id)).toEqual([other]);
    expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  });

  test('is given up when its worker was killed at the last attempt, however long it had waited', async () => {
    const step = () => giveUpStuck(world.app, notifyOfFailure);
    const [job] = await world.app.db
      .insert(jobs)
      .values({ queue: 'media', kind: 'media.process', body: { mediaId } })
      .returning();
    await world.app.db.update(media).set({ status: 'processing' }).where(eq(media.id, mediaId));
    await world.database
      .sql`update media set status_changed_at = now() - interval '2 days' where id = ${mediaId}`;
    expect(await step()).toBe(0);
    await world.app.db.update(jobs).set({ deadAt: new Date() }).where(eq(jobs.id, job!.id));
    expect(await step()).toBe(1);
    expect(await step()).toBe(0);
    expect(await told()).toHaveLength(1);
    expect(await isStored(mediaId)).toBe(true);
  });
});

test('only a fault of the file removes it', async () => {
  const bad = await world.upload(alice, body.subarray(0, body.length >> 1));
  await world.drain();
  expect(await status(bad)).toEqual({ status: 'failed', mediaId: bad, reason: expect.any(String) });
  expect(await isStored(bad)).toBe(false);
  expect(await codeOf(as().media.complete({ uploadId: bad }))).toBe('media_unusable');
});
