import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotograph } from '../support/photograph.ts';
import { type AppUnderTest, canOpenApp, openApp, SIZES } from './visitors.ts';

const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at.labels?.[0]?.innerText.split('\\n')[0];
  return at.getAttribute('aria-label') ?? label ?? at.innerText.trim();
})()`;

/** Whether a bar that stays in its place is over what has the focus. */
const COVERED = `(() => {
  const at = document.activeElement;
  const { top, bottom, left, width } = at.getBoundingClientRect();
  const isOver = (y) => document.elementFromPoint(left + width / 2, y)?.closest('.top, .main-nav') != null;
  return {
    name: at.getAttribute('aria-label') ?? at.innerText,
    isInBar: at.closest('.top, .main-nav') !== null,
    isCovered: isOver(top + 1) || isOver(bottom - 1),
  };
})()`;

interface Covered {
  name: string;
  isInBar: boolean;
  isCovered: boolean;
}

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
    await tabTo('What it shows');
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

  test('on a phone nothing that has the focus lies below a bar', async () => {
    await page.setViewportSize(SIZES.phone);
    await page.goto(`${app.url}/app/settings`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).focus();
    const covered: unknown[] = [];
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Shift+Tab');
      const { name, isCovered, isInBar } = (await page.evaluate(COVERED)) as Covered;
      if (isInBar) break;
      if (isCovered) covered.push(name);
      expect(steps).toBeLessThan(39);
    }
    expect(covered).toEqual([]);
    expect(app.troubles).toEqual([]);
  });
});
