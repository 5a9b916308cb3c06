import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ciel } from '../../sdk/src/index.ts';
import { hasChromium } from '../support/chromium.ts';
import { makePhotograph } from '../support/photograph.ts';
import type { Person } from '../support/world.ts';
import { openBrowser } from './browser.ts';

declare const ciel: Ciel;
declare const shown: string[];

describe.skipIf(!hasChromium)('the hooks, in Chromium', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let tab: Page;
  let reader: Person;
  let author: Person;
  let round = 0;

  beforeAll(async () => {
    browser = await openBrowser('pages/react.ts');
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    round += 1;
    const { world } = browser;
    const people = await world.people(`reader${round}`, `author${round}`);
    [reader, author] = Object.values(people) as [Person, Person];
    await world.as(reader).social.follow({ userId: author.id });
    for (const caption of ['one', 'two', 'three']) await world.post(author, { caption });
    tab = await browser.tab(`&author=${author.handle}`);
    await tab.evaluate(({ handle, password }) => ciel.signIn(handle, password), {
      handle: reader.handle,
      password: reader.password,
    });
    await text('#feed-three .like').toBe('like 0');
  });
  afterEach(async () => {
    await tab.evaluate(() => ciel.signOut());
    await tab.close();
  });

  const text = (selector: string) => expect.poll(() => tab.locator(selector).textContent({ timeout: 5000 }));

  /** Holds the writes to the path until they are let go. */
  async function hold(path: string) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await tab.route(`**/trpc/${path}*`, async (route: Route) => {
      if (route.request().method() === 'POST') await released;
      return route.continue();
    });
    return release;
  }

  test('read a list page by page, each post once', async () => {
    expect(await tab.locator('#feed li').count()).toBe(2);
    await tab.click('#more');
    await text('#feed-one .like').toBe('like 0');
    expect(await tab.locator('#feed li').count()).toBe(3);
    expect(await tab.locator('#more').count()).toBe(0);
  });

  test('show a like at once in every list, and the server’s word after it', async () => {
    const release = await hold('engagement.like');
    await tab.click('#feed-two .like');
    await text('#feed-two .like').toBe('liked 1');
    await text('#profile-two .like').toBe('liked 1');
    const { items } = await browser.world.as(author).posts.byUser({ userId: author.id });
    expect(items.find(({ caption }) => caption === 'two')?.likeCount).toBe(0);
    release();
    await expect
      .poll(async () =>
        (await browser.world.as(author).posts.byUser({ userId: author.id })).items.map((p) => p.likeCount),
      )
      .toEqual([0, 1, 0]);
    await text('#feed-two .like').toBe('liked 1');
  });

  test('take a like back that the server refuses, and say why', async () => {
    const release = await hold('engagement.like');
    await tab.click('#feed-two .like');
    await text('#profile-two .like').toBe('liked 1');
    await browser.world.as(author).social.block({ userId: reader.id });
    release();
    await text('#feed-two .like').toBe('like 0');
    await text('#profile-two .like').toBe('like 0');
    await text('#feed-two output').toBe('not_found');
  });

  test('show a like at once without a network, and take it back', async () => {
    await tab.context().setOffline(true);
    await tab.click('#feed-two .like');
    await text('#feed-two .like').toBe('liked 1');
    await text('#feed-two .like').toBe('like 0');
    await text('#feed-two output').toBe('network');
    await tab.context().setOffline(false);
  });

  test('keep a like that is under way in lists that are loaded meanwhile', async () => {
    const release = await hold('engagement.like');
    await tab.click('#feed-two .like');
    const read = tab.waitForResponse((response) => response.url().includes('feed.home'));
    await tab.click('#bio');
    await text('#bio').toBe('Light');
    await (await read).finished();
    await tab.waitForTimeout(300);
    await text('#feed-two .like').toBe('liked 1');
    await text('#profile-two .like').toBe('liked 1');
    release();
    await text('#profile-two .like').toBe('liked 1');
  });

  test('send the final state, however fast you click', async () => {
    const sent: string[] = [];
    tab.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    const release = await hold('engagement.like');
    for (let click = 0; click < 5; click += 1) await tab.click('#feed-two .like');
    await text('#feed-two .like').toBe('liked 1');
    release();
    await expect.poll(() => sent.filter((url) => url.includes('engagement')).length).toBe(1);
    await expect
      .poll(async () => (await browser.world.as(reader).feed.home({})).items.map((p) => p.likedByViewer))
      .toEqual([false, true, false]);
  });

  test('follow and unfollow, with the count, also where only a card is shown', async () => {
    await text('#card').toBe('following');
    await text('#follow').toBe('following 1');
    const release = await hold('social.unfollow');
    await tab.click('#follow');
    await text('#follow').toBe('none 0');
    await text('#card').toBe('none');
    release();
    await expect.poll(() => tab.locator('#feed li').count()).toBe(0);
    await tab.click('#follow');
    await text('#follow').toBe('following 1');
  });

  test('give what they ask to whatever else the cache can do', async () => {
    await text('#follow').toBe('following 1');
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    await tab.click('#ahead');
    await text('#ahead').toBe(author.handle);
    expect(asked.filter((url) => url.includes('users.byHandle'))).toEqual([]);
  });

  test('keep a post for later', async () => {
    await tab.click('#feed-two .keep');
    await text('#profile-two .keep').toBe('kept');
    await expect.poll(async () => (await browser.world.as(reader).posts.bookmarks({})).items.length).toBe(1);
  });

  test('follow the events: the unread count, the notices, and new posts that wait to be shown', async () => {
    const { world } = browser;
    // The notification of the sign-in.
    await world.drain();
    await text('#unread').toBe('1 unread, 1 notices');
    await world.as(author).social.follow({ userId: reader.id });
    await world.drain();
    await text('#unread').toBe('2 unread, 2 notices');
    await world.post(author, { caption: 'four' });
    await text('#new').toBe('1 new');
    await tab.click('#new');
    await text('#feed-four .like').toBe('like 0');
    expect(await tab.locator('#new').count()).toBe(0);
  });

  test('show your own post by themselves, with its photographs as soon as they are ready', async () => {
    await browser.world.post(reader, { caption: 'mine' });
    await text('#feed-mine .like').toBe('like 0');
    expect(await tab.locator('#new').count()).toBe(0);
  });

  describe('upload', () => {
    const choose = async (seed: number) =>
      tab.setInputFiles('#photo', {
        name: 'river.jpg',
        mimeType: 'image/jpeg',
        buffer: await makePhotograph(seed, { width: 1200, height: 900 }),
      });
    /** Lets nothing through to the store, or breaks what is sent to it. */
    const store = (act: (route: Route) => Promise<void>) =>
      tab.route(
        (url) => !url.pathname.startsWith('/trpc'),
        (route) => (route.request().method() === 'PUT' ? act(route) : route.continue()),
      );

    test('with progress to the end, and the id for a post', async () => {
      await text('#upload').toBe('idle 0');
      await choose(1);
      await text('#upload').toBe('done 1');
      const mediaId = await tab.locator('#media').textContent();
      await text('#answer').toBe(mediaId);
      expect(await tab.evaluate(() => shown)).toContain('sending 0');
      const post = await browser.world
        .as(reader)
        .posts.create({ mediaIds: [mediaId!], visibility: 'public' });
      expect(post.media[0]?.altText).toBe('A river');
      await tab.click('#reset');
      await text('#upload').toBe('idle 0');
    });

    test('to the time when every size is made, when that is waited for', async () => {
      await tab.evaluate('history.replaceState(null, "", location.href + "&wait")');
      await choose(4);
      await text('#upload').toBe('processing 1');
      await browser.world.drain();
      await text('#upload').toBe('done 1');
    });

    test('aborted, and sent again by a retry', async () => {
      await store(() => new Promise(() => {}));
      await choose(2);
      await text('#upload').toContain('sending');
      await tab.click('#abort');
      await text('#upload').toContain('aborted');
      await text('#answer').toBe('null');
      await tab.unrouteAll({ behavior: 'ignoreErrors' });
      await tab.click('#retry');
      await text('#upload').toBe('done 1');
    });

    test('refused with the reason, which a valid photograph clears', async () => {
      await tab.setInputFiles('#photo', {
        name: 'notes.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('no photograph'),
      });
      await text('#upload').toBe('failed 0 unsupported_media_type');
      await choose(3);
      await text('#upload').toBe('done 1');
    });
  });

  test('forget what was read when somebody signs out', async () => {
    await tab.evaluate(() => ciel.signOut());
    await text('#status').toBe('signedOut');
    await tab.evaluate(({ handle, password }) => ciel.signIn(handle, password), {
      handle: author.handle,
      password: author.password,
    });
    await text('#feed-three .like').toBe('like 0');
    await text('#follow').toBe('none 1');
  });
});
