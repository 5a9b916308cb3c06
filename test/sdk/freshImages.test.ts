import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { withFreshImages } from '../../sdk/src/freshImages.ts';
import {
  type Ciel,
  createCiel,
  freshImage,
  type Media,
  onFreshImages,
  type Post,
} from '../../sdk/src/index.ts';
import { type Host, startHost } from '../support/host.ts';
import type { Person } from '../support/world.ts';
import { refusal, troubledLine } from './people.ts';

const PHOTOS = 24;
const DEAD = 'https://ciel.example.org/ended.webp';

let host: Host;
let alice: Person;
let posts: Post[];
let round = 0;

beforeAll(async () => {
  host = await startHost();
  ({ alice } = await host.people('alice'));
  const avatarMediaId = await host.upload(alice);
  for (let made = 0; made < PHOTOS; made += 8) {
    const mediaIds = [];
    for (let i = 0; i < 8; i += 1) mediaIds.push(await host.upload(alice));
    await host.as(alice).posts.create({ mediaIds, visibility: 'followers' });
  }
  await host.drain();
  await host.as(alice).users.updateMe({ avatarMediaId });
  await host.drain();
});
afterAll(() => host.close());

let bob: Person;
let line: ReturnType<typeof troubledLine>;
let ciel: Ciel;
beforeEach(async () => {
  round += 1;
  bob = await host.person(`bob${round}`);
  await host.as(bob).social.follow({ userId: alice.id });
  line = troubledLine();
  ciel = createCiel({ url: host.url, fetch: line.fetch as never, retry: { attempts: 1 } });
  await ciel.signIn(bob.handle, bob.password);
  posts = (await ciel.posts.byUser({ userId: alice.id })).items;
  line.requests.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

/** As a list has it whose URLs have ended. */
const ended = (media: Media): Media => ({
  ...media,
  variants: media.variants.map((variant) => ({ ...variant, url: DEAD })),
});
const endedPost = (post: Post): Post => ({
  ...post,
  author: { ...post.author, avatar: { ...post.author.avatar!, url: DEAD } },
  media: post.media.map(ended),
});
const photosOf = (all: Post[]) => all.flatMap(({ media }) => media);
const calls = (name: string) =>
  line.requests
    .map(({ url }) => url.split('/trpc/')[1]!.split('?')[0]!.split(','))
    .filter((paths) => paths.includes(name));

describe('fresh URLs', () => {
  test('are read in batches of at most twenty, each photograph once, and work', async () => {
    const photos = photosOf(posts).map(ended);
    expect(photos).toHaveLength(PHOTOS);
    const fresh = await Promise.all([...photos, ...photos].map((photo) => freshImage(ciel, photo)));
    expect(calls('media.get').map(({ length }) => length)).toEqual([20, PHOTOS - 20]);
    expect(fresh.slice(0, PHOTOS)).toEqual(fresh.slice(PHOTOS));
    for (const photo of [fresh[0]!, fresh.at(-1)!])
      for (const { url } of photo.variants) expect((await fetch(url)).status).toBe(200);
  });

  test('are written wherever the photograph is, by one patch, and nothing else is touched', async () => {
    const [first, second, third] = posts.map(endedPost) as [Post, Post, Post];
    const own = { ...first, media: [{ ...first.media[0]!, altText: 'As this post has it' }] };
    let cached = {
      feed: { pages: [{ items: [own, second] }, { items: [third] }] },
      notifications: { items: [{ id: 'n', thumbnail: first.media[0] }] },
    };
    const before = cached;
    let patches = 0;
    const stop = onFreshImages(ciel, (patch) => {
      patches += 1;
      cached = patch(cached);
    });
    await Promise.all(
      [...own.media, ...second.media].map((photo) => freshImage(ciel, { ...photo, altText: '' })),
    );
    expect(patches).toBe(1);
    const [page, last] = cached.feed.pages;
    expect(page!.items[0]!.media[0]).toEqual({ ...posts[0]!.media[0], altText: 'As this post has it' });
    expect(page!.items[1]!.media).toEqual(posts[1]!.media);
    expect(cached.notifications.items[0]!.thumbnail).toEqual(posts[0]!.media[0]);
    expect(last).toBe(before.feed.pages[1]);
    stop();
    await freshImage(ciel, third.media[0]!);
    expect(patches).toBe(1);
  });

  test('of avatars are found by their user, on every card', async () => {
    const [first, second] = posts.map(endedPost) as [Post, Post];
    let cached = [first, second];
    onFreshImages(ciel, (patch) => {
      cached = patch(cached);
    });
    const users = await Promise.all([first, second].map(({ author }) => freshImage(ciel, author)));
    expect(calls('users.get')).toEqual([['users.get']]);
    expect(users[0]!.avatar).toEqual(posts[0]!.author.avatar);
    expect(cached.map(({ author }) => author)).toEqual([posts[0]!.author, posts[1]!.author]);
    expect((await fetch(users[0]!.avatar!.url)).status).toBe(200);
  });

  test('are put into a list that was requested before them and arrives after them', async () => {
    const [late] = posts.map(endedPost) as [Post];
    await freshImage(ciel, late.media[0]!);
    const patched = withFreshImages(ciel)({ items: [late] });
    expect(patched.items[0]!.media[0]).toEqual(posts[0]!.media[0]);
    expect(patched.items[0]!.media[1]).toBe(late.media[1]);
    const current = { items: [posts[0]!] };
    expect(withFreshImages(ciel)(current)).toBe(current);
  });
});

describe('what has no fresh URL', () => {
  test('is null for who lost the right, everywhere, and is not asked for again unless they wish', async () => {
    const [photo, other] = photosOf(posts) as [Media, Media];
    let cached = posts;
    onFreshImages(ciel, (patch) => {
      cached = patch(cached);
    });
    await host.as(alice).social.block({ userId: bob.id });
    expect(await freshImage(ciel, photo)).toBeNull();
    expect(await freshImage(ciel, posts[0]!.author)).toBeNull();
    expect(photosOf(cached)[0]).toEqual({ ...photo, variants: [] });
    expect(photosOf(cached)[1]).toBe(other);
    expect(cached.every(({ author }) => author.avatar === null)).toBe(true);
    for (let i = 0; i < 5; i += 1) expect(await freshImage(ciel, photo)).toBeNull();
    expect(calls('media.get')).toHaveLength(1);

    await host.as(alice).social.unblock({ userId: bob.id });
    await host.as(bob).social.follow({ userId: alice.id });
    expect(await freshImage(ciel, photo, { again: true })).toMatchObject({
      id: photo.id,
      altText: photo.altText,
    });
    expect(calls('media.get')).toHaveLength(2);
  });

  test('is not read over and over when reading fails', async () => {
    const [photo] = photosOf(posts) as [Media];
    line.refuse('media.get', 1, () => refusal('overloaded', 503, 3600));
    for (let i = 0; i < 5; i += 1)
      await expect(freshImage(ciel, photo)).rejects.toMatchObject({ code: 'overloaded' });
    expect(calls('media.get')).toHaveLength(1);
    expect(await freshImage(ciel, photo, { again: true })).toMatchObject({ id: photo.id });
  });

  test('waits for the network', async () => {
    const listeners: (() => void)[] = [];
    const navigator = { onLine: false };
    vi.stubGlobal('navigator', navigator);
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
      if (type === 'online') listeners.push(listener);
    });
    vi.stubGlobal('removeEventListener', () => {});
    const all = Promise.all(
      photosOf(posts)
        .slice(0, 3)
        .map((photo) => freshImage(ciel, photo)),
    );
    await vi.waitFor(() => expect(listeners).toHaveLength(3));
    expect(line.requests).toEqual([]);
    navigator.onLine = true;
    for (const back of listeners) back();
    expect(await all).toHaveLength(3);
    expect(calls('media.get').map(({ length }) => length)).toEqual([3]);
  });

  test('is not given to whoever signs in meanwhile', async () => {
    const [photo] = photosOf(posts) as [Media];
    let patches = 0;
    onFreshImages(ciel, () => {
      patches += 1;
    });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    line.trouble = async (url, init) => {
      if (!url.includes('media.get')) return undefined;
      const response = await fetch(url, init);
      await held;
      return response;
    };
    const reading = freshImage(ciel, photo);
    await vi.waitFor(() => expect(calls('media.get')).toHaveLength(1));
    await ciel.signOut();
    release();
    await reading;
    expect(patches).toBe(0);
    // Nobody in particular may not see it.
    expect(await freshImage(ciel, photo)).toBeNull();
    expect(patches).toBe(1);
  });
});
