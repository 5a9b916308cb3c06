import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { media, postEdits } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { failMedium, finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;
let named = 0;
let alice: Extra;
let bob: Extra;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
beforeEach(async () => {
  named += 1;
  [alice, bob] = (await crowd(world, 2, `r${named}`)) as [Extra, Extra];
});

const by = (person: Extra) => world.as(person).posts;
const refs = (...ids: string[]) => ids.map((mediaId) => ({ mediaId }));

/** A post of a ready photograph and one that failed. */
async function failedPost() {
  const [ready] = (await insertMedia(world, alice, 1)) as [string];
  const [failed] = (await insertMedia(world, alice, 1, 'processing')) as [string];
  const { id: postId } = await by(alice).create({ mediaIds: [ready, failed], visibility: 'public' });
  await failMedium(world, failed);
  return { postId, ready, failed };
}

const told = async () => (await world.as(alice).notifications.list({})).items.map(({ kind }) => kind);
const postCount = async () => (await world.as(alice).users.get({ userId: alice.id })).postCount;

describe('a photograph of a post that failed', () => {
  test('is replaced by a ready one, which publishes the post', async () => {
    const { postId, ready, failed } = await failedPost();
    const [other] = (await insertMedia(world, alice, 1)) as [string];
    await world.as(alice).media.edit({ mediaId: other, altText: 'A bench' });
    expect(await told()).toEqual(['photographFailed']);
    const edited = await by(alice).edit({ postId, media: refs(other, ready) });
    expect(edited).toMatchObject({
      status: 'published',
      editedAt: expect.any(Date),
      media: [{ id: other, altText: 'A bench' }, { id: ready }],
    });
    expect((await by(bob).get({ postId })).media).toHaveLength(2);
    expect(await postCount()).toBe(1);
    expect(await told()).toEqual([]);
    expect(await world.app.db.$count(media, eq(media.id, failed))).toBe(0);
    const [kept] = await world.app.db.select().from(postEdits).where(eq(postEdits.postId, postId));
    expect(kept!.media.map(({ mediaId }) => mediaId)).toEqual([ready, failed]);
    await world.drain();
    expect((await world.as(bob).feed.explore({})).items.map(({ id }) => id)).toContain(postId);
  });

  test('is replaced by one that is still processing; the post waits for that', async () => {
    const { postId, ready } = await failedPost();
    const [other] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    expect(await by(alice).edit({ postId, media: refs(ready, other) })).toMatchObject({
      status: 'processing',
    });
    expect(await codeOf(by(bob).get({ postId }))).toBe('not_found');
    await finishMedium(world, other);
    expect((await by(bob).get({ postId })).status).toBe('published');
    expect(await postCount()).toBe(1);
  });

  test('is left out, and stays where another post shows it', async () => {
    const { postId, ready, failed } = await failedPost();
    const [more] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const both = await by(alice).create({ mediaIds: [ready, more], visibility: 'public' });
    const alone = await by(alice).create({ mediaIds: [more], visibility: 'public' });
    await failMedium(world, more);
    expect(await by(alice).edit({ postId, media: refs(ready) })).toMatchObject({ status: 'published' });
    await by(alice).edit({ postId: both.id, media: refs(ready) });
    expect(await world.app.db.$count(media, eq(media.id, failed))).toBe(0);
    expect((await by(alice).get({ postId: alone.id })).media[0]).toMatchObject({
      id: more,
      status: 'failed',
    });
    expect(await told()).toEqual(['photographFailed']);
  });

  test('is replaced once by fifty at the same time', async () => {
    const { postId, ready } = await failedPost();
    const others = await insertMedia(world, alice, 50);
    const results = await Promise.allSettled(
      others.map((other) => by(alice).edit({ postId, media: refs(ready, other) })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await postCount()).toBe(1);
    expect((await by(bob).get({ postId })).media).toHaveLength(2);
  });

  test('is replaced by nothing else', async () => {
    const { postId, ready, failed } = await failedPost();
    const [foreign] = (await insertMedia(world, bob, 1)) as [string];
    const [pending] = (await insertMedia(world, alice, 1, 'pending')) as [string];
    const [broken] = (await insertMedia(world, alice, 1, 'failed')) as [string];
    const [one, two] = (await insertMedia(world, alice, 2)) as [string, string];
    const refusals: [string[], string, string][] = [
      [[ready, foreign], 'media_unusable', 'media.1.mediaId'],
      [[pending, ready], 'media_unusable', 'media.0.mediaId'],
      [[ready, broken], 'media_unusable', 'media.1.mediaId'],
      [[ready, randomUUID()], 'media_unusable', 'media.1.mediaId'],
      [[ready, one, two], 'invalid_input', 'media'],
      [[ready, failed, one], 'invalid_input', 'media'],
      [[ready, ready], 'invalid_input', 'media'],
      [[one, two], 'invalid_input', 'media'],
      [[failed], 'invalid_input', 'media'],
      [[], 'invalid_input', 'media'],
    ];
    for (const [ids, code, field] of refusals) {
      const refused = await refusal(by(alice).edit({ postId, media: refs(...ids) }));
      expect({ ids, code: refused.code, field: refused.errors[0]?.field }).toEqual({ ids, code, field });
    }
    expect(await codeOf(by(bob).edit({ postId, media: refs(ready) }))).toBe('not_found');
    expect((await by(alice).get({ postId })).media.map(({ id }) => id)).toEqual([ready, failed]);
    expect(await world.app.db.$count(postEdits, eq(postEdits.postId, postId))).toBe(0);
  });

  test('that is ready, or still processing, stays', async () => {
    const [ready] = (await insertMedia(world, alice, 1)) as [string];
    const [waiting] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const { id: postId } = await by(alice).create({ mediaIds: [ready, waiting], visibility: 'public' });
    for (const kept of [ready, waiting])
      expect(await codeOf(by(alice).edit({ postId, media: refs(kept) }))).toBe('invalid_input');
  });
});
