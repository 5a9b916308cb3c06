import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedEntries } from '../../../server/schema/index.ts';
import { crowd, type Extra } from '../../support/crowd.ts';
import { createFeedScene, type FeedScene } from '../../support/feedScene.ts';
import { idsOf, plainFeed, walkFeed } from '../../support/feeds.ts';
import { finishMedium, insertMedia } from '../../support/mediaRows.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import { createWorld } from '../../support/world.ts';

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
  scene = await createFeedScene('reader');
  ({ world, peer, people, post, posts, feed, follow, makeWide } = scene);
});
afterAll(() => scene.close());

describe('the home feed', () => {
  test('has own posts and those of the followed, newest first, and nobody else’s', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await follow(alice, bob);
    const first = await post(bob);
    await post(carol);
    const own = await post(alice);
    const last = await post(bob, 'followers');
    await world.drain();
    expect(await feed(alice)).toEqual([last, own, first]);
    const { items } = await world.as(alice).feed.home({});
    expect(items[0]).toEqual(await world.as(alice).posts.get({ postId: last }));
    expect(await feed(carol)).toHaveLength(1);
  });

  test('is empty for who follows nobody', async () => {
    const [alice] = (await people(1)) as [Extra];
    expect(await world.as(alice).feed.home({})).toEqual({ items: [], nextCursor: null });
  });

  test('needs a signed-in user, a limit from 1 to 200, and a cursor of this list', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await posts(alice, 3);
    expect(await codeOf(world.anonymous.feed.home({}))).toBe('unauthenticated');
    expect(await codeOf(world.anonymous.feed.refresh({}))).toBe('unauthenticated');
    for (const limit of [0, 201, 1.5, -1])
      expect((await refusal(world.as(alice).feed.home({ limit }))).errors[0]?.field).toBe('limit');
    const { nextCursor } = await world.as(alice).feed.home({ limit: 1 });
    expect(await codeOf(world.as(alice).feed.home({ cursor: nextCursor! }))).toBe('ok');
    expect(await codeOf(world.as(bob).feed.home({ cursor: nextCursor! }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(alice).feed.home({ cursor: `${nextCursor}A` }))).toBe('invalid_cursor');
    expect(await codeOf(world.as(alice).feed.home({ cursor: '' }))).toBe('invalid_input');
  });

  test('goes on past the entries that are kept, and nobody notices', async () => {
    const [alice, ...authors] = (await people(4)) as [Extra, ...Extra[]];
    for (const author of authors) await posts(author, 5);
    await follow(alice, authors[0]!);
    await feed(alice);
    for (const author of authors) await follow(alice, author);
    for (const author of authors) await posts(author, 4);
    await world.drain();
    for (const limit of [3, 30, 200])
      expect(idsOf(await walkFeed(world, alice, limit))).toEqual(await plainFeed(world, alice));
    const entries = await world.app.db.$count(feedEntries, eq(feedEntries.readerId, alice.id));
    expect(entries).toBeLessThan((await plainFeed(world, alice)).length);
  });

  test('goes on past the entries that were trimmed, and nobody notices', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await follow(alice, bob);
    await feed(alice);
    await posts(bob, 45);
    await world.drain();
    expect(await world.app.db.$count(feedEntries, eq(feedEntries.readerId, alice.id))).toBeLessThan(45);
    for (const limit of [7, 100])
      expect(idsOf(await walkFeed(peer, alice, limit))).toEqual(await plainFeed(world, alice));
  });

  test('shows a post when its photographs are ready, at the place of its creation', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await follow(alice, bob);
    const [mediaId] = (await insertMedia(world, bob, 1, 'processing')) as [string];
    const slow = await world.as(bob).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    const quick = await post(bob);
    await world.drain();
    expect(await feed(alice)).toEqual([quick]);
    expect(await feed(bob)).toEqual([quick, slow.id]);
    await finishMedium(world, mediaId);
    await world.drain();
    await world.as(alice).feed.refresh({});
    expect(await feed(alice)).toEqual([quick, slow.id]);
  });

  test('fills a page that hidden posts have thinned', async () => {
    const [alice, bob, carol] = (await people(3)) as [Extra, Extra, Extra];
    await follow(alice, bob);
    await follow(alice, carol);
    const lasting = await posts(bob, 4);
    const hidden = await posts(carol, 12);
    await world.drain();
    for (const postId of hidden.slice(0, 6)) await world.as(carol).posts.delete({ postId });
    await world.as(alice).social.mute({ userId: carol.id });
    const page = await world.as(alice).feed.home({ limit: 3 });
    expect(idsOf(page.items)).toEqual(lasting.toReversed().slice(0, 3));
    const rest = await world.as(alice).feed.home({ limit: 3, cursor: page.nextCursor! });
    expect([idsOf(rest.items), rest.nextCursor]).toEqual([[lasting[0]], null]);
  });
});

describe('sending posts', () => {
  test('twice has its effect once', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await follow(alice, bob);
    await feed(alice);
    await post(bob);
    await world.database.sql`insert into jobs (queue, kind, body) select queue, kind, body from jobs`;
    await world.drain();
    expect(await world.app.db.$count(feedEntries, eq(feedEntries.authorId, bob.id))).toBe(1);
  });

  test('reaches every follower, even if there are more than one job can write', async () => {
    const many = await createWorld();
    const [author, ...readers] = (await crowd(many, 1202, 'many')) as [Extra, ...Extra[]];
    await many.database.sql`
      insert into follows (follower_id, followee_id) select id, ${author.id} from users where id <> ${author.id}`;
    const mediaIds = await insertMedia(many, author, 1);
    await many.as(author).posts.create({ mediaIds, visibility: 'public' });
    await many.drain();
    const reached = await many.app.db.select({ readerId: feedEntries.readerId }).from(feedEntries);
    expect(new Set(reached.map(({ readerId }) => readerId))).toEqual(new Set(idsOf(readers)));
    await many.close();
  });

  test('stops for those whose posts are merged', async () => {
    const [alice, bob] = (await people(2)) as [Extra, Extra];
    await follow(alice, bob);
    await feed(alice);
    await makeWide(bob);
    const id = await post(bob);
    await world.drain();
    expect(await world.app.db.$count(feedEntries, eq(feedEntries.postId, id))).toBe(0);
    expect(await feed(alice, peer)).toEqual([id]);
  });
});
