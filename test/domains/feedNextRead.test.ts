import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crowd, type Extra } from '../support/crowd.ts';
import { idsOf } from '../support/feeds.ts';
import { insertMedia } from '../support/mediaRows.ts';
import { createWorld, type World } from '../support/world.ts';

/** So small that every path is taken: a follow brings 2 posts, entries are made again from 4. */
const settings = { feedEntriesKept: 20, widelyFollowedAt: 3 };

let world: World;
let neighbour: World;
let named = 0;
beforeAll(async () => {
  world = await createWorld({ settings });
  neighbour = await createWorld({ beside: world });
});
afterAll(async () => {
  await neighbour.close();
  await world.close();
});

async function people(count: number): Promise<Extra[]> {
  named += 1;
  return crowd(world, count, `next${named}`);
}

async function post(author: Extra, visibility: 'public' | 'followers' = 'public'): Promise<string> {
  const mediaIds = await insertMedia(world, author, 1);
  return (await world.as(author).posts.create({ mediaIds, visibility })).id;
}

async function posts(author: Extra, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await post(author));
  return ids;
}

const feed = async (reader: Extra, process = world) => idsOf((await process.as(reader).feed.home({})).items);

const follow = (reader: Extra, author: Extra) => world.as(reader).social.follow({ userId: author.id });

/** The author is followed by enough others for their posts to be merged. */
async function makeWide(author: Extra) {
  for (const person of await people(4)) await follow(person, author);
  await world.drain();
}

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
    expect(await feed(reader, neighbour)).toEqual(ids);
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
