import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotograph } from '../support/photograph.ts';
import { type AppUnderTest, canOpenApp, openApp, SIZES } from './visitors.ts';

const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.innerText.split('\\n')[0];
  return at.getAttribute('aria-label') ?? label ?? at.innerText.trim();
})()`;

/** Scrolls a button below a bar, and gives the focus to the one beside it that is seen. */
const lieBelow = (name: string, edge: 'top' | 'bottom') => `(() => {
  const all = [...document.querySelectorAll('main :is(a, button, input, textarea)')];
  const at = all.findIndex(({ innerText }) => innerText === '${name}');
  const { top, bottom } = all[at].getBoundingClientRect();
  scrollBy(0, ${edge === 'top' ? 'top - 4' : 'bottom + 4 - innerHeight'});
  all[at + ${edge === 'top' ? 1 : -1}].focus({ preventScroll: true });
})()`;

const IS_COVERED = `(() => {
  const { top, bottom, left, width } = document.activeElement.getBoundingClientRect();
  const isOver = (y) => document.elementFromPoint(left + width / 2, y)?.closest('.top, .main-nav') != null;
  return isOver(top + 1) || isOver(bottom - 1);
})()`;

describe.skipIf(!canOpenApp)('the app by keyboard alone, in Chromium', () => {
  let app: AppUnderTest;
  let page: Page;

  beforeAll(async () => {
    app = await openApp();
    page = await app.visitor();
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  /** What a screen reader would call what has the focus. */
  const focused = () => page.evaluate(FOCUSED) as Promise<string>;

  /** Goes on by Tab until what is wanted has the focus, which can be seen on it. */
  async function tabTo(name: string | RegExp): Promise<void> {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const here = await focused();
      if (typeof name === 'string' ? here === name : name.test(here)) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  }

  test('signs in', async () => {
    await page.goto(`${app.url}/app`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tabTo('Handle or e-mail');
    await page.keyboard.type('alice');
    await tabTo('Password');
    await page.keyboard.type('demo-alice-photographs');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
  });

  test('what has the focus can be seen', async () => {
    await tabTo('Explore');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });

  test('shares a photograph', async () => {
    await tabTo('New');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'New post' }).waitFor();
    await tabTo('Choose photographs');
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Space');
    await (await chooser).setFiles({
      name: 'one.jpg',
      mimeType: 'image/jpeg',
      buffer: await makePhotograph(11),
    });
    await page.getByText('Sent', { exact: true }).waitFor();
    await page.evaluate("document.getElementById('main').focus()");
    await tabTo('Description');
    await page.keyboard.type('Lines');
    await tabTo('Caption');
    await page.keyboard.type('Without a mouse');
    await tabTo('Share');
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('Without a mouse').waitFor();
  });

  test('likes it, opens its menu, and leaves that by Escape to where it was', async () => {
    await tabTo('More about the post of Alice Arnold');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe('More about the post of Alice Arnold');
    await tabTo(/^Like/);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Like, 1 like', pressed: true }).waitFor();
  });

  test('turns stories by arrows, and closes them by Escape', async () => {
    await page.goto(`${app.url}/app`);
    await page.getByRole('link', { name: /^You: 3 stories/ }).waitFor();
    await tabTo(/^You: 3 stories/);
    await page.keyboard.press('Enter');
    await page.getByText('On the way up').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Everything is wet, the lens too').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('On the way up').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('article').first().waitFor();
  });

  test.each([
    ['top', 'New invite', 'Shift+Tab'],
    ['bottom', 'Change the password', 'Tab'],
  ] as const)('on a phone the bar at the %s is not over what gets the focus', async (edge, name, key) => {
    await page.setViewportSize(SIZES.phone);
    await page.goto(`${app.url}/app/settings`);
    await page.locator('.sessions li').first().waitFor();
    await page.evaluate(lieBelow(name, edge));
    await page.keyboard.press(key);
    expect(await focused()).toBe(name);
    expect(await page.evaluate(IS_COVERED)).toBe(false);
  });

  test('nothing went wrong in any page', () => {
    expect(app.troubles).toEqual([]);
  });
});
