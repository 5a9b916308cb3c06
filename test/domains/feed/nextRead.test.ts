import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Extra } from '../../support/crowd.ts';
import { createFeedScene, type FeedScene } from '../../support/feedScene.ts';
import { insertMedia } from '../../support/mediaRows.ts';

let scene: FeedScene;
let world: FeedScene['world'];
let peer: FeedScene['peer'];
let people: FeedScene['people'];
let post: FeedScene['post'];
let posts: FeedScene['posts'];
let feed: FeedScene['feed'];
let follow: FeedScene['follow'];
let makeWide: FeedScene['makeWide'];
beforeAll(async () => {
  scene = await createFeedScene('next');
  ({ world, peer, people, post, posts, feed, follow, makeWide } = scene);
});
afterAll(() => scene.close());

describe.each([
  { kind: 'an author whose posts are sent to readers', isWide: false },
  { kind: 'a widely followed author, whose posts are merged', isWide: true },
])('in the very next read, with a warm cache, of $kind', ({ isWide }) => {
  async function readerAndAuthor() {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    if (isWide) await makeWide(bob);
    const ids = (await posts(bob, 3)).reverse();
    await world.drain();
    return { alice, bob, ids };
  }

  /** Both processes have cached what they show. */
  async function expectFeed(reader: Extra, ids: string[]) {
    expect(await feed(reader)).toEqual(ids);
    expect(await feed(reader, peer)).toEqual(ids);
  }

  test('an own post shows, still processing or not', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await expectFeed(alice, ids);
    const own = await post(alice);
    await expectFeed(alice, [own, ...ids]);
    const mediaIds = await insertMedia(world, alice, 1, 'processing');
    const { id } = await world.as(alice).posts.create({ mediaIds, visibility: 'public' });
    await expectFeed(alice, [id, own, ...ids]);
  });

  test('a follow and an unfollow show', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await expectFeed(alice, []);
    await follow(alice, bob);
    await expectFeed(alice, ids);
    await world.as(alice).social.unfollow({ userId: bob.id });
    await expectFeed(alice, []);
    await follow(alice, bob);
    await expectFeed(alice, ids);
  });

  test('a block shows to both', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await follow(bob, alice);
    const own = await post(alice);
    await world.drain();
    await expectFeed(bob, [own, ...ids]);
    await expectFeed(alice, [own, ...ids]);
    await world.as(alice).social.block({ userId: bob.id });
    await expectFeed(alice, [own]);
    await expectFeed(bob, ids);
    await world.as(alice).social.unblock({ userId: bob.id });
    await expectFeed(alice, [own]);
  });

  test('a mute shows, and its end', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await expectFeed(alice, ids);
    await world.as(alice).social.mute({ userId: bob.id });
    await expectFeed(alice, []);
    await world.as(alice).social.unmute({ userId: bob.id });
    await expectFeed(alice, ids);
    await world.as(alice).social.mute({ userId: bob.id, expiresAt: new Date(Date.now() + 60_000) });
    await expectFeed(alice, []);
    await world.database.sql`update mutes set expires_at = now() where muter_id = ${alice.id}`;
    await expectFeed(alice, ids);
  });

  test('what others have hidden is gone', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await expectFeed(alice, ids);
    await world.as(bob).posts.delete({ postId: ids[0]! });
    await expectFeed(alice, ids.slice(1));
    await world.as(bob).social.removeFollower({ userId: alice.id });
    await expectFeed(alice, []);
    await world.as(bob).users.updateMe({ isPrivate: true });
    await follow(alice, bob);
    await expectFeed(alice, []);
    await world.as(bob).social.acceptRequest({ userId: alice.id });
    await expectFeed(alice, ids.slice(1));
    await world.database.sql`update users set banned_until = 'infinity' where id = ${bob.id}`;
    await expectFeed(alice, []);
  });

  test('a refresh shows what the followed have posted since', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await expectFeed(alice, ids);
    const fresh = await post(bob);
    await world.drain();
    await world.as(alice).feed.refresh({});
    expect(await feed(alice)).toEqual([fresh, ...ids]);
  });

  test('emptying the entries changes nothing', async () => {
    const { alice, bob, ids } = await readerAndAuthor();
    await follow(alice, bob);
    await expectFeed(alice, ids);
    await world.database.sql`truncate feed_entries, feed_readers`;
    await expectFeed(alice, ids);
    await world.database.sql`truncate feed_entries, feed_readers`;
    const fresh = await post(bob);
    await world.drain();
    await expectFeed(alice, [fresh, ...ids]);
  });
});
