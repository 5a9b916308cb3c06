import { beforeEach, describe, expect } from 'vitest';
import { test } from '../../support/fixtures.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let author: Person;
let follower: Person;
let stranger: Person;
let postId: string;
let round = 0;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});
beforeEach(async () => {
  round += 1;
  const names = [`author_${round}`, `follower_${round}`, `stranger_${round}`];
  const people = await world.people(...names);
  [author, follower, stranger] = names.map((name) => people[name]!) as [Person, Person, Person];
  await world.as(follower).social.follow({ userId: author.id });
  postId = (await world.post(author, { caption: `canary${round}` })).id;
});

const setPrivate = (isPrivate: boolean) => world.as(author).users.updateMe({ isPrivate });
const variantsOf = async (viewer = world.anonymous) =>
  (await viewer.posts.get({ postId })).media.flatMap(({ variants }) => variants.map(({ url }) => url));
const statusesOf = (urls: string[]) => Promise.all(urls.map(async (url) => (await fetch(url)).status));

describe('going private', () => {
  test('hides at once what everybody had just read', async () => {
    const read = (viewer: typeof world.anonymous) => ({
      post: () => viewer.posts.get({ postId }),
      likes: () => viewer.engagement.likes({ postId }),
      comments: () => viewer.engagement.comments({ postId }),
      posts: () => viewer.posts.byUser({ userId: author.id }),
      followers: () => viewer.social.followers({ userId: author.id }),
      following: () => viewer.social.following({ userId: author.id }),
    });
    const outcomes = async (viewer: typeof world.anonymous) =>
      new Set(await Promise.all(Object.values(read(viewer)).map((call) => codeOf(call()))));
    const viewers = [world.anonymous, world.as(stranger), world.as(follower)];
    for (const viewer of viewers) expect(await outcomes(viewer)).toEqual(new Set(['ok']));
    expect(JSON.stringify(await world.as(stranger).feed.explore({ limit: 200 }))).toContain(postId);
    await setPrivate(true);
    expect(await outcomes(world.anonymous)).toEqual(new Set(['not_found']));
    expect(await outcomes(world.as(stranger))).toEqual(new Set(['not_found']));
    expect(await outcomes(world.as(follower))).toEqual(new Set(['ok']));
    expect(JSON.stringify(await world.as(stranger).feed.explore({ limit: 200 }))).not.toContain(postId);
  });

  test('hides the counts, and keeps the profile', async () => {
    await setPrivate(true);
    const counts = { followerCount: null, followingCount: null, postCount: null };
    expect(await world.as(stranger).users.get({ userId: author.id })).toMatchObject(counts);
    expect(await world.as(follower).users.get({ userId: author.id })).toMatchObject({
      followerCount: 1,
      postCount: 1,
    });
  });

  test('kills every address of the photographs, and gives followers new ones', async () => {
    const before = await variantsOf();
    expect(new Set(await statusesOf(before))).toEqual(new Set([200]));
    await setPrivate(true);
    await world.drain();
    expect(new Set(await statusesOf(before))).toEqual(new Set([404]));
    const after = await variantsOf(world.as(follower));
    expect(new Set(await statusesOf(after))).toEqual(new Set([200]));
    expect(after.every((url) => !url.includes('/pub/'))).toBe(true);
  });

  test('takes a post out of the cached feed of nobody who follows, and lets nobody else in', async () => {
    expect((await world.as(follower).feed.home({})).items).toHaveLength(1);
    await setPrivate(true);
    expect((await world.as(follower).feed.home({})).items).toHaveLength(1);
    expect(await world.as(stranger).social.follow({ userId: author.id })).toEqual({ state: 'requested' });
    expect((await world.as(stranger).feed.home({})).items).toEqual([]);
    await world.as(author).social.removeFollower({ userId: follower.id });
    expect((await world.as(follower).feed.home({})).items).toEqual([]);
    expect(await codeOf(world.as(follower).posts.get({ postId }))).toBe('not_found');
  });
});

describe('going public', () => {
  test('accepts nobody silently: who asked still waits, and can be accepted', async () => {
    await setPrivate(true);
    await world.as(stranger).social.follow({ userId: author.id });
    await setPrivate(false);
    await world.drain();
    expect(await world.as(stranger).social.relationship({ userId: author.id })).toMatchObject({
      following: false,
      requested: true,
    });
    expect(await world.as(author).users.get({ userId: author.id })).toMatchObject({ followerCount: 1 });
    expect((await world.as(author).social.requests({})).items).toHaveLength(1);
    await world.as(author).social.acceptRequest({ userId: stranger.id });
    expect(await world.as(author).users.get({ userId: author.id })).toMatchObject({ followerCount: 2 });
  });

  test('lets who waits follow by asking again, which is then no request any more', async () => {
    await setPrivate(true);
    await world.as(stranger).social.follow({ userId: author.id });
    await setPrivate(false);
    expect(await world.as(stranger).social.follow({ userId: author.id })).toEqual({ state: 'following' });
    expect((await world.as(author).social.requests({})).items).toEqual([]);
  });

  test('shows what was hidden again, under lasting addresses', async () => {
    await setPrivate(true);
    await world.drain();
    await setPrivate(false);
    await world.drain();
    const urls = await variantsOf();
    expect(urls.every((url) => url.includes('/pub/'))).toBe(true);
    expect(new Set(await statusesOf(urls))).toEqual(new Set([200]));
  });

  test('leaves posts for followers to followers', async () => {
    await world.as(author).posts.edit({ postId, visibility: 'followers' });
    await setPrivate(true);
    await setPrivate(false);
    expect(await codeOf(world.as(stranger).posts.get({ postId }))).toBe('not_found');
    expect(await codeOf(world.as(follower).posts.get({ postId }))).toBe('ok');
  });
});
