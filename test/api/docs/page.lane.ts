import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readGuides } from '../../../server/api/docs/guides.ts';
import { CHROMIUM, hasChromium } from '../../support/chromium.ts';
import { type Host, startHost } from '../../support/host.ts';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const GROUND = { light: 'rgb(255, 255, 255)', dark: 'rgb(20, 23, 28)' };
const RAISED = { light: 'rgb(245, 247, 250)', dark: 'rgb(28, 32, 39)' };

const guides = await readGuides();

describe.skipIf(!hasChromium)('the docs page, in Chromium', () => {
  let host: Host;
  let browser: Browser;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    host = await startHost();
    browser = await chromium.launch(CHROMIUM);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });
  afterEach(async () => {
    await page.context().close();
    expect(troubles).toEqual([]);
  });

  /** What goes wrong in it, or leaves this server, is noted. */
  async function open(path: string, { viewport = DESK, colorScheme = 'light' as 'light' | 'dark' } = {}) {
    troubles = [];
    const context = await browser.newContext({ viewport, colorScheme });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== host.url)
        troubles.push(`asks ${request.url()}`);
    });
    await page.goto(host.url + path);
  }

  const operation = (id: string) => page.locator(`[id="operations-${id}"]`);
  const background = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
  /** How far below the bar it begins. */
  const heightUnderBar = (id: string) =>
    page.evaluate(`${HEIGHT_UNDER_BAR}(${JSON.stringify(id)})`) as Promise<number>;

  test('the search finds a guide, and leads to it', async () => {
    await open('/docs');
    await page.keyboard.press('/');
    await page.keyboard.type('uploading photographs');
    await page.locator('#results a.chosen', { hasText: 'guide' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1', { hasText: 'Uploading photographs' }).waitFor();
    expect(page.url()).toBe(`${host.url}/docs/guides/uploading`);
  });

  test('the search finds an operation, which opens with its example and its samples', async () => {
    await open('/docs/guides/errors');
    await page.fill('#search', 'Create a post');
    await page.locator('#results a', { hasText: 'POST /posts' }).first().click();
    const body = operation('posts-postsCreate').locator('textarea');
    await expect.poll(() => body.inputValue(), { timeout: 30_000 }).toContain('"caption": "First snow');
    await operation('posts-postsCreate').getByText('SDK', { exact: true }).click();
    await operation('posts-postsCreate').getByText('ciel.posts.create(').waitFor();
  });

  test('an operation is tried with a token, and returns a response', async () => {
    const { alice } = await host.people('alice');
    await open('/docs#/auth/authMe');
    await page.getByRole('button', { name: 'Authorize', exact: true }).first().click();
    await page.locator('.modal-ux input').first().fill(alice.tokens.accessToken);
    await page.locator('.modal-ux button[type=submit]').first().click();
    await page.locator('.modal-ux .btn-done').first().click();
    const answer = page.waitForResponse(`${host.url}/v1/auth/me`);
    await operation('auth-authMe').getByRole('button', { name: 'Execute' }).click();
    expect((await answer).status()).toBe(200);
    const shown = operation('auth-authMe').locator('.live-responses-table .response');
    await shown.getByText('200').first().waitFor();
    await shown.getByText('"alice"').first().waitFor();
  });

  test('is light or dark as the system is, with code that can be read', async () => {
    const schemes = ['light', 'dark'] as const;
    await open('/docs#/posts/postsCreate');
    await operation('posts-postsCreate').waitFor();
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      for (const selector of ['body', '.bar', '.opblock.is-open > .opblock-summary'])
        expect({ selector, is: await background(selector) }).toEqual({ selector, is: GROUND[colorScheme] });
    }
    for (const { slug } of guides) {
      await page.goto(`${host.url}/docs/guides/${slug}`);
      await page.locator('article pre .hljs-string').first().waitFor();
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        expect(await background('body')).toBe(GROUND[colorScheme]);
        expect(await background('article pre')).toBe(RAISED[colorScheme]);
        expect({ slug, faint: await page.evaluate(FAINT_CODE) }).toEqual({ slug, faint: [] });
      }
    }
  });

  test('no page of a phone scrolls sideways', async () => {
    await open('/docs', { viewport: PHONE });
    for (const path of ['/docs/errors', ...guides.map(({ slug }) => `/docs/guides/${slug}`), '/docs']) {
      await page.goto(host.url + path);
      await page.locator('h1, .opblock-tag').first().waitFor();
      expect({ path, wide: await page.evaluate(SIDEWAYS) }).toEqual({ path, wide: [] });
    }
    for (const id of ['posts-postsCreate', 'users-usersUpdateMe', 'moderation-moderationCases']) {
      await page.evaluate(`location.hash = '#/${id.replace('-', '/')}'`);
      await operation(id).locator('.responses-table').first().waitFor();
      expect({ id, wide: await page.evaluate(SIDEWAYS) }).toEqual({ id, wide: [] });
    }
  });

  test('what a link jumps to is below the bar, on a phone and on a desk', async () => {
    await open('/docs');
    for (const { slug, sections } of guides) {
      const ids = sections.slice(1).map(({ id }) => id);
      await page.goto(`${host.url}/docs/guides/${slug}#${ids.at(-1)}`);
      for (const viewport of [PHONE, DESK]) {
        await page.setViewportSize(viewport);
        for (const id of ids) {
          await page.evaluate(`location.hash = ${JSON.stringify(id)}`);
          expect({ id, height: await heightUnderBar(id) }).toEqual({ id, height: expect.toSatisfy(isBelow) });
        }
      }
    }
    await page.goto(`${host.url}/docs/errors#rate_limited`);
    expect(await heightUnderBar('rate_limited')).toSatisfy(isBelow);
  });

  test.each([
    { link: 'posts', id: 'operations-tag-posts', viewport: PHONE },
    { link: 'posts/postsCreate', id: 'operations-posts-postsCreate', viewport: DESK },
  ])('and so is $id, when the reference is opened there', async ({ link, id, viewport }) => {
    await open(`/docs#/${link}`, { viewport });
    await expect
      .poll(() => page.evaluate('document.querySelector(".main").scrollTop'), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await page.waitForTimeout(300);
    expect(await heightUnderBar(id)).toSatisfy(isBelow);
  });
});

/** A border may be under it. */
const isBelow = (height: number) => height >= -1;

const HEIGHT_UNDER_BAR = `((id) =>
  document.getElementById(id).getBoundingClientRect().top -
  document.querySelector('.bar').getBoundingClientRect().bottom)`;

/** What of the page goes beyond its right edge, where it makes the page itself wider. */
const SIDEWAYS = `[document.documentElement, document.querySelector('.main')]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map(({ tagName, scrollWidth, clientWidth }) => tagName + ' ' + scrollWidth + ' > ' + clientWidth)`;

/** Words of code whose contrast is below the 4.5 that WCAG asks for. */
const FAINT_CODE = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/\\d+/g).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('article pre code, article pre code span')].flatMap((span) => {
    const [low, high] = [getComputedStyle(span).color, getComputedStyle(span.closest('pre')).backgroundColor]
      .map(luminance)
      .sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) < 4.5 ? [span.className + ' ' + span.textContent] : [];
  });
})()`;
