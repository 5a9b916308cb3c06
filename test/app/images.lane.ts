import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ciel, createCiel, type Post } from '../../sdk/src/index.ts';
import { type AppUnderTest, canOpenApp, openApp, SIZES } from './visitors.ts';

/** Where screenshots are left to be looked at; none are made without it. */
const SHOTS = process.env.APP_SHOTS;
const WITHIN = { timeout: 30_000, interval: 100 };

/** The status of every photograph of the page's posts, in their order. */
const STATUSES = `[...document.querySelectorAll('.post .photo')].map(({ dataset }) => dataset.status)`;
const BROKEN = `[...document.images].filter((image) => image.complete && image.currentSrc && image.naturalWidth === 0).length`;
/** What the browser has chosen to load. */
const CURRENT = (image: unknown) => new URL((image as { currentSrc: string }).currentSrc).pathname;

describe.skipIf(!canOpenApp)('photographs of pages that stay open, in Chromium', () => {
  let app: AppUnderTest;
  beforeAll(async () => {
    app = await openApp();
    if (SHOTS) await mkdir(SHOTS, { recursive: true });
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  async function demoClient(handle: string): Promise<Ciel> {
    const ciel = createCiel({ url: app.url });
    await ciel.signIn(handle, `demo-${handle}-photographs`);
    return ciel;
  }

  const keep = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };

  /** How many calls each request made. */
  function batchesOf(page: Page, call: string): number[] {
    const batches: number[] = [];
    page.on('request', (request) => {
      const paths = /\/trpc\/([^?]*)/.exec(request.url())?.[1]?.split(',') ?? [];
      if (paths.includes(call)) batches.push(paths.length);
    });
    return batches;
  }

  async function scrollThrough(page: Page): Promise<void> {
    const articles = page.getByRole('article');
    for (let at = 0; at < (await articles.count()); at += 1) {
      await articles.nth(at).scrollIntoViewIfNeeded();
      const photo = articles.nth(at).locator('.photo').first();
      await expect.poll(() => photo.getAttribute('data-status'), WITHIN).toBe('loaded');
    }
  }

  const looks = (['phone', 'desk'] as const).flatMap((size) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ size, colorScheme })),
  );

  test.each(looks)(
    'a photograph that is not there says so, is tapped, and comes back: $size, $colorScheme',
    async ({ size, colorScheme }) => {
      const bob = await demoClient('bob');
      const { userId } = bob.session.current;
      const { items } = await bob.posts.byUser({ userId: userId! });
      const { pathname } = new URL(items[0]!.media[0]!.variants[0]!.url);
      const place = join(app.folder, dirname(pathname));
      // Outside of the store, which is cleaned of what no row refers to.
      const elsewhere = join(app.folder, 'elsewhere');
      await rename(place, elsewhere);

      const page = await app.demoPerson('carol', { viewport: SIZES[size], colorScheme });
      const batches = batchesOf(page, 'media.get');
      await page.goto(`${app.url}/app/@/bob`);
      const again = page.getByRole('button', { name: /could not be loaded. Tap to try again/ });
      await again.waitFor();
      await keep(page, `tile failed ${size} ${colorScheme}`);
      await page.goto(`${app.url}/app/p/${items[0]!.id}`);
      await again.waitFor();
      await keep(page, `failed ${size} ${colorScheme}`);
      expect(batches.length).toBeLessThan(5);

      const asked = page.waitForRequest((request) => request.url().includes('media.get'));
      await again.click();
      await asked;
      await again.waitFor();
      await rename(elsewhere, place);
      await again.click();
      await expect
        .poll(() => page.locator('.photos .photo').getAttribute('data-status'), WITHIN)
        .toBe('loaded');
      expect(await page.locator('.photos .photo picture > img').evaluate(CURRENT)).toMatch(/\.(avif|webp)$/);
      expect(new URL(page.url()).pathname).toBe(`/app/p/${items[0]!.id}`);
      expect(await page.evaluate(BROKEN)).toBe(0);
      await page.context().close();
    },
  );

  test('a page that was left open while its lasting URLs ended shows every photograph when it is scrolled', async () => {
    const page = await app.visitor();
    // Without live events only the failure tells.
    await page.route('**/trpc/feed.events*', (route) => route.abort());
    await enter(page);
    const alice = await demoClient('alice');
    const before = await alice.feed.home({ limit: 50 });
    for (const handle of new Set(before.items.map(({ author }) => author.handle)))
      await (await demoClient(handle)).users.updateMe({ isPrivate: true });
    await expect
      .poll(() => endedOf(alice, before.items), { timeout: 120_000, interval: 500 })
      .toBeGreaterThan(4);

    const batches = batchesOf(page, 'media.get');
    await scrollThrough(page);
    expect(await page.evaluate(STATUSES)).not.toContain('failed');
    expect(await page.evaluate(BROKEN)).toBe(0);
    expect(batches.length).toBeGreaterThan(0);
    await page.context().close();
  });

  /** Signs in as alice, and waits for her feed. */
  async function enter(page: Page): Promise<void> {
    await page.goto(`${app.url}/app`);
    await page.getByRole('button', { name: 'alice', exact: true }).click();
    await page.getByRole('article').nth(3).waitFor();
  }

  /** How many photographs have another URL now, once all of their previous ones are gone; 0 before. */
  async function endedOf(ciel: Ciel, posts: Post[]): Promise<number> {
    let ended = 0;
    for (const { id, media } of posts) {
      const now = await ciel.posts.get({ postId: id });
      for (const [at, { variants }] of media.entries()) {
        const { url } = variants[0]!;
        if (now.media[at]!.variants[0]!.url === url) continue;
        if ((await fetch(url)).ok) return 0;
        ended += 1;
      }
    }
    return ended;
  }

  test('a page that was left open for a day reads new URLs before it needs them, in batches and once', async () => {
    const page = await app.visitor();
    await page.clock.install();
    await enter(page);
    const batches = batchesOf(page, 'media.get');
    await page.clock.fastForward('36:00:00');
    await expect.poll(() => batches.length, WITHIN).toBeGreaterThan(0);
    await scrollThrough(page);
    expect(await page.evaluate(STATUSES)).not.toContain('failed');
    expect(await page.evaluate(BROKEN)).toBe(0);
    const photos = (await page.evaluate(`${STATUSES}.length`)) as number;
    expect(Math.max(...batches)).toBeLessThanOrEqual(20);
    expect(batches.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2 * photos);
    await page.context().close();
  });

  test('an open page reads new URLs when it is told that those of a post changed', async () => {
    const page = await app.visitor();
    const streams = page.waitForResponse('**/trpc/feed.events*');
    await enter(page);
    await streams;
    const batches = batchesOf(page, 'media.get');
    const alice = await demoClient('alice');
    const { items } = await alice.feed.home({ limit: 50 });
    const { author } = items.find(({ author }) => author.handle !== 'alice')!;
    await (await demoClient(author.handle)).users.updateMe({ isPrivate: false });
    await expect.poll(() => batches.length, WITHIN).toBeGreaterThan(0);
    await scrollThrough(page);
    expect(await page.evaluate(BROKEN)).toBe(0);
    await page.context().close();
  });

  test('whoever lost the right is told that a photograph is not available', async () => {
    const page = await app.demoPerson('carol');
    const carol = await demoClient('carol');
    const { items } = await carol.feed.home({ limit: 50 });
    // An avatar is visible to everybody, as its own lasting URL.
    const post = items.find(
      ({ author, media }) => author.id !== carol.session.current.userId && media[0]!.variants[0]!.expiresAt,
    )!;
    const author = await demoClient(post.author.handle);
    const mediaId = post.media[0]!.id;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/media/${mediaId}/**`, async (route) => {
      await released;
      await route.continue();
    });
    const asked = page.waitForRequest(`**/media/${mediaId}/**`);
    await page.goto(`${app.url}/app/p/${post.id}`);
    await asked;
    await author.social.block({ userId: carol.session.current.userId! });
    release();
    await page.getByText('This photograph is not available').waitFor();
    await keep(page, 'not available');
    expect(await page.getByRole('button', { name: /could not be loaded/ }).count()).toBe(0);
    await page.context().close();
  });

  test('nothing went wrong in any page', () => {
    expect(app.troubles).toEqual([]);
  });
});
