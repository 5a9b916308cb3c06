import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ciel } from '../../sdk/src/index.ts';
import { hasChromium } from '../support/chromium.ts';
import { makePhotograph } from '../support/photograph.ts';
import { openBrowser } from './browser.ts';

declare const ciel: Ciel;
declare const lost: number;
declare let heard: string[];

const person = (handle: string) => ({
  handle,
  displayName: handle,
  email: `${handle}@example.org`,
  password: 'a bench under snow',
});

describe.skipIf(!hasChromium)('in Chromium, on a page of another origin', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    browser = await openBrowser('pages/plain.ts');
  });
  afterAll(() => browser?.close());

  const statusIn = (tab: Page) => tab.evaluate(() => ciel.session.current.status);
  const expire = (tab: Page) =>
    tab.evaluate(async () => {
      await ciel.session.set({ ...(await ciel.session.get())!, accessExpiresAt: new Date(0) });
    });

  test('a photograph is uploaded with progress, posted, and in the feed', async () => {
    const tab = await browser.tab();
    await tab.evaluate((newcomer) => ciel.signUp(newcomer), person('alice'));
    const photo = [...(await makePhotograph(1, { width: 900, height: 600 }))];
    const { mediaId, progress } = await tab.evaluate(async (photo) => {
      const progress: number[] = [];
      const file = new File([new Uint8Array(photo)], 'river.jpg', { type: 'image/jpeg' });
      const mediaId = await ciel.upload(file, {
        onProgress: ({ sent, total }) => progress.push(sent / total),
      });
      await ciel.posts.create({ mediaIds: [mediaId], caption: 'From a page', visibility: 'public' });
      return { mediaId, progress };
    }, photo);
    await browser.host.drain();
    const feed = await tab.evaluate(async () => {
      const { items } = await ciel.feed.home();
      return items.map(({ caption, createdAt, media }) => [caption, createdAt instanceof Date, media[0]?.id]);
    });
    expect(feed).toEqual([['From a page', true, mediaId]]);
    expect(progress.at(-1)).toBe(1);
    await tab.evaluate(() => ciel.signOut());
    await tab.close();
  });

  test('two tabs with an expired token refresh between them, ten times in a row, and stay signed in', async () => {
    const [first, second] = [await browser.tab(), await browser.tab()];
    await first.evaluate((newcomer) => ciel.signUp(newcomer), person('bob'));
    await expect.poll(() => statusIn(second)).toBe('signedIn');
    const refreshes: string[] = [];
    browser.context.on('request', (request) => {
      if (request.url().includes('auth.refresh') && request.method() === 'POST')
        refreshes.push(request.url());
    });
    for (let round = 0; round < 10; round += 1) {
      await expire(first);
      const handles = await Promise.all(
        [first, second].map((tab) =>
          tab.evaluate(async () => {
            const answers = await Promise.all(Array.from({ length: 25 }, () => ciel.auth.me()));
            return [...new Set(answers.map(({ handle }) => handle))];
          }),
        ),
      );
      expect(handles).toEqual([['bob'], ['bob']]);
    }
    // Storage reaches the other tab a little later: it may call again, and then gets the same response.
    expect(refreshes.length).toBeGreaterThanOrEqual(10);
    expect(refreshes.length).toBeLessThan(20);
    expect(await first.evaluate(() => lost)).toBe(0);
    expect(await second.evaluate(() => lost)).toBe(0);
    await first.close();
    await second.close();
  });

  test('a tab that signs out signs the others out', async () => {
    const [first, second] = [await browser.tab(), await browser.tab()];
    await first.evaluate((newcomer) => ciel.signUp(newcomer), person('carol'));
    await expect.poll(() => statusIn(second)).toBe('signedIn');
    await first.evaluate(() => ciel.signOut());
    await expect.poll(() => statusIn(second)).toBe('signedOut');
    await first.close();
    await second.close();
  });

  test('events reach all tabs of a user over one stream, which outlives the tab that reads it', async () => {
    const { world, context } = browser;
    const { erin } = await world.people('erin');
    const opened: string[] = [];
    context.on('request', (request) => {
      if (request.method() === 'GET' && request.url().includes('feed.events')) opened.push(request.url());
    });
    const listen = (tab: Page) =>
      tab.evaluate(() => {
        heard = [];
        void (async () => {
          for await (const event of ciel.events())
            if (event.type !== 'postMedia') heard.push('postId' in event ? event.postId : event.type);
        })();
      });
    const heardIn = (tab: Page) => expect.poll(() => tab.evaluate(() => heard));

    const reader = await browser.tab();
    await reader.evaluate((newcomer) => ciel.signUp(newcomer), person('dora'));
    await reader.evaluate((userId) => ciel.social.follow({ userId }), erin.id);
    await world.drain();
    await listen(reader);
    await heardIn(reader).toEqual(['unreadCount']);
    // One more than the streams that a person may have.
    const others = await Promise.all(Array.from({ length: 5 }, () => browser.tab()));
    for (const tab of others) await listen(tab);
    const first = await world.post(erin, { caption: 'one' });
    for (const tab of [reader, ...others]) await heardIn(tab).toEqual(['unreadCount', first.id]);
    expect(opened).toHaveLength(1);

    // Its process dies.
    await reader.goto('chrome://crash').catch(() => {});
    const second = await world.post(erin, { caption: 'two' });
    for (const tab of others) await heardIn(tab).toContain(second.id);
    for (const tab of others) {
      const all = await tab.evaluate(() => heard);
      expect(all.filter((told) => told !== 'unreadCount')).toEqual([first.id, second.id]);
    }
    expect(opened).toHaveLength(2);
    for (const tab of [reader, ...others]) await tab.close();
  });
});
