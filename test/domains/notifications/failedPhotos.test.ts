import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { events, notifications } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { test } from '../../support/fixtures.ts';
import { failMedium, insertMedia } from '../../support/mediaRows.ts';
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
  [alice, bob] = (await crowd(world, 2, `f${named}`)) as [Extra, Extra];
});

async function told(person: Extra) {
  await world.drain();
  const [grouped, single] = await Promise.all(
    [true, false].map((grouped) => world.as(person).notifications.list({ grouped })),
  );
  expect(single!.items.map(({ kind }) => kind)).toEqual(grouped!.items.map(({ kind }) => kind));
  return grouped!.items;
}

const unread = async (person: Extra) => (await world.as(person).notifications.unreadCount({})).unreadCount;

describe('a photograph that fails', () => {
  test('after its post was made tells its owner once, with the reason', async () => {
    const mediaIds = await insertMedia(world, alice, 2, 'processing');
    const { id: postId } = await world.as(alice).posts.create({ mediaIds, visibility: 'public' });
    await failMedium(world, mediaIds[1]!);
    await failMedium(world, mediaIds[1]!);
    const items = await told(alice);
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'photographFailed',
        postId,
        storyId: null,
        commentId: null,
        actors: [],
        count: 1,
        isRead: false,
        text: 'The file is cut off',
        thumbnail: expect.objectContaining({ id: mediaIds[0] }),
      }),
    ]);
    expect(await unread(alice)).toBe(1);
    expect(await told(bob)).toEqual([]);
    await world.as(alice).notifications.markRead({ notificationId: items[0]!.id });
    expect(await unread(alice)).toBe(0);
  });

  test('in a story too, and lets settings turn off nothing of it', async () => {
    const [mediaId] = (await insertMedia(world, alice, 1, 'processing')) as [string];
    const { id: storyId } = await world.as(alice).stories.create({ mediaId });
    await failMedium(world, mediaId);
    expect((await world.as(alice).stories.get({ storyId })).media.reason).toBe('The file is cut off');
    expect(await told(alice)).toEqual([
      expect.objectContaining({ kind: 'photographFailed', storyId, postId: null }),
    ]);
    await world.as(alice).stories.delete({ storyId });
    expect(await told(alice)).toEqual([]);
  });

  test('tells nobody where nothing waits for it, or no longer', async () => {
    const [unused, deleted] = (await insertMedia(world, alice, 2, 'processing')) as [string, string];
    await failMedium(world, unused);
    expect(await world.app.db.$count(notifications, eq(notifications.recipientId, alice.id))).toBe(0);
    const { id: postId } = await world.as(alice).posts.create({ mediaIds: [deleted], visibility: 'public' });
    await failMedium(world, deleted);
    expect(await unread(alice)).toBe(1);
    expect(await world.app.db.$count(events, eq(events.userId, alice.id))).toBe(0);
    await world.as(alice).posts.delete({ postId });
    expect(await told(alice)).toEqual([]);
    expect(await unread(alice)).toBe(0);
  });

  test('is not seen by releases that do not know its kind', async () => {
    const mediaIds = await insertMedia(world, alice, 1, 'processing');
    await world.as(alice).posts.create({ mediaIds, visibility: 'public' });
    await failMedium(world, mediaIds[0]!);
    const isKnown = eq(notifications.recipientId, alice.id);
    const [row] = await world.database.sql`
      select retracted_at is not null as hidden from notifications where recipient_id = ${alice.id}`;
    expect(await world.app.db.$count(notifications, isKnown)).toBe(1);
    expect(row).toEqual({ hidden: true });
  });
});
