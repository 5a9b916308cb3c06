import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { type AppUnderTest, canOpenApp, openApp, SIZES } from './visitors.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots are left to be looked at; none are made without it. */
const SHOTS = process.env.APP_SHOTS;

/** Every photograph that is in the window has come, and nothing moves any more. */
const IS_CALM = `[...document.images].every(
  (image) => image.complete || !image.checkVisibility() || image.getBoundingClientRect().top > innerHeight,
) && document.getAnimations().every(({ playState }) => playState !== 'running')`;

type Step = (page: Page) => Promise<unknown>;

const nothing: Step = async () => {};
const openPost: Step = (page) => page.locator('.tile').first().click();

/** Each page, and what is done on it before it is looked at. */
const PAGES: [name: string, path: string, step: Step, landmark: string][] = [
  ['home', '/', nothing, '.post img'],
  ['explore', '/explore', nothing, 'h1'],
  ['search', '/search?q=al', nothing, '.person'],
  ['activity', '/activity', nothing, '.notice'],
  ['saved', '/saved', nothing, 'h1'],
  ['settings', '/settings', nothing, '.form'],
  ['profile', '/@/bob', nothing, '.tile'],
  ['private', '/@/erin', nothing, '.empty h2'],
  ['followers', '/@/alice/followers', nothing, '.person'],
  ['tag', '/tags/iceland', nothing, '.tile'],
  ['nothing', '/nowhere', nothing, '.empty'],
  ['new', '/new', nothing, '.drop'],
  ['chosen', '/new', choosePhotos, '.compose .button.strong'],
  ['post', '/@/bob', openPost, '.comment'],
  ['menu', '/@/bob', (page) => openPost(page).then(() => more(page)), '.menu'],
  ['report', '/@/bob', openReport, '.dialog form'],
  [
    'likers',
    '/@/bob',
    (page) => openPost(page).then(() => page.locator('.likers').click()),
    '.dialog .person',
  ],
  ['edit', '/@/alice', openEdit, '.compose textarea'],
  ['story', '/', (page) => page.getByRole('link', { name: /^bob: / }).click(), '.reactions'],
  ['own story', '/', (page) => page.getByRole('link', { name: /^You: / }).click(), '.views'],
  ['highlight', '/@/alice', (page) => page.locator('.highlights .face').first().click(), '.stage'],
];

const more = (page: Page) => page.getByRole('button', { name: /^More about the post/ }).click();

const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

async function openEdit(page: Page): Promise<void> {
  await openPost(page);
  await more(page);
  await press(page, 'Edit the post');
}

/** On a phone a case fills the window, and the list is a step back. */
async function seeCase(page: Page, name: RegExp): Promise<void> {
  const back = page.getByRole('button', { name: 'All cases' });
  if (await back.isVisible()) await back.click();
  await page.locator('.desk nav').getByRole('button', { name }).click();
  await page.locator('.resolve').first().waitFor();
}

async function openReport(page: Page): Promise<void> {
  await openPost(page);
  await more(page);
  await page.getByRole('button', { name: 'Report the post' }).click();
}

async function choosePhotos(page: Page): Promise<void> {
  const photos = join(import.meta.dirname, '../../server/scripts/demo/photos');
  const files = ['dusk.jpg', 'river.jpg'].map((name) => join(photos, name));
  await page.getByLabel('Choose photographs').setInputFiles(files);
  await page.getByText('Sent', { exact: true }).nth(1).waitFor();
}

/** One post of the demo is taken down, and its author appeals. */
async function appealAsFrank(url: string): Promise<void> {
  const frank = createCiel({ url });
  await frank.signIn('frank', 'demo-frank-photographs');
  const { items } = await frank.moderation.myActions();
  await frank.moderation.appeal({ actionId: items[0]!.id, text: 'It was a joke among friends' });
}

/** What a person may write and no page is made for: words that are longer than a line, and very many of them. */
async function writeLongWords(url: string): Promise<void> {
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (handle) => {
      const ciel = createCiel({ url });
      await ciel.signIn(handle, `demo-${handle}-photographs`);
      return ciel;
    }),
  );
  const latest = await alice!.posts.byUser({ userId: (await alice!.auth.me()).id, limit: 1 });
  const { id: postId } = latest.items[0]!;
  await alice!.posts.edit({ postId, caption: 'W'.repeat(300) });
  await bob!.engagement.comment({ postId, body: `${'W'.repeat(200)} ${'and so on '.repeat(75)}` });
  await bob!.moderation.flagPost({ postId, category: 'nudity' });
  await bob!.moderation.flagUser({ userId: alice!.session.current.userId!, category: 'spam' });
}

describe.skipIf(!canOpenApp)('every page of the app, in Chromium', () => {
  let app: AppUnderTest;
  beforeAll(async () => {
    app = await openApp();
    await appealAsFrank(app.url);
    await writeLongWords(app.url);
    if (SHOTS) await mkdir(SHOTS, { recursive: true });
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  /** Serious faults that axe finds, and a line when the page is wider than the window. */
  async function faultsOf(page: Page): Promise<string[]> {
    await expect.poll(() => page.evaluate(IS_CALM)).toBe(true);
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as { violations: Violation[] };
    const isWider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    return [
      ...violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`),
      ...(isWider ? ['it is wider than the window'] : []),
    ];
  }

  const looks = (['phone', 'desk'] as const).flatMap((size) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ size, colorScheme })),
  );

  describe.each(looks)('$size, $colorScheme', ({ size, colorScheme }) => {
    const look = { viewport: SIZES[size], colorScheme };
    const keep = async (page: Page, name: string) => {
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}-${size}-${colorScheme}.png`) });
    };

    test('before sign-in', async () => {
      const page = await app.visitor(look);
      await page.goto(`${app.url}/app`);
      await page.locator('.demo img').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'sign in');
      await page.goto(`${app.url}/app/sign-up`);
      await page.getByRole('button', { name: 'Sign up' }).click();
      await page.locator('.note.error').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'sign up');
      await page.context().close();
    });

    test('signed in', async () => {
      // Another user each time: what alice has seen is no longer new.
      const page = await app.demoPerson('alice', look);
      const faults: Record<string, string[]> = {};
      for (const [name, path, step, landmark] of PAGES) {
        await page.goto(`${app.url}/app${path}`);
        await page.locator('h1').first().waitFor({ state: 'attached' });
        await step(page);
        await page.locator(landmark).first().waitFor();
        const found = await faultsOf(page);
        if (found.length) faults[name] = found;
        await keep(page, name);
      }
      expect(faults).toEqual({});
      await page.context().close();
    }, 180_000);

    test('a photograph keeps its shape, however much is said of it', async () => {
      const page = await app.demoPerson('bob', look);
      await page.goto(`${app.url}/app/@/alice`);
      await openPost(page);
      await page.locator('.comment').first().waitFor();
      const shape = (await page.evaluate(`(({ clientWidth, clientHeight, style }) => ({
        is: clientWidth / clientHeight,
        said: Number.parseFloat(style.aspectRatio),
      }))(document.querySelector('.photos'))`)) as Record<'is' | 'said', number>;
      expect(shape.is).toBeCloseTo(shape.said, 1);
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
      await page.context().close();
    });

    test('what could not be read is not said to be gone, and is asked for again', async () => {
      const page = await app.demoPerson('carol', look);
      const away = '**/trpc/*users.byHandle*';
      await page.route(away, (route) => route.abort());
      await page.goto(`${app.url}/app/@/alice`);
      await page.getByText('The server did not respond').waitFor();
      await page.unroute(away);
      await press(page, 'Try again');
      await page.locator('.tile').first().waitFor();
      await page.context().close();
    });

    test('at the desk of operators', async () => {
      const page = await app.visitor(look);
      await page.goto(`${app.url}/app/operator`);
      await page.getByLabel('Admin token').fill(app.adminToken);
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'operator');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.locator('.desk nav button').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'cases');
      await page.locator('.desk nav button').first().click();
      await page.locator('.resolve').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'case');
      await seeCase(page, /^A post of @alice/);
      await page.getByLabel('Action').selectOption('takedown');
      await page.getByLabel(/^Photograph 1/).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Resolve', exact: true }).scrollIntoViewIfNeeded();
      await keep(page, 'takedown');
      await seeCase(page, /^The account of @alice/);
      await press(page, 'Take down parts of the profile');
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Take down', exact: true }).scrollIntoViewIfNeeded();
      await keep(page, 'profile parts');
      await page.getByRole('radio', { name: 'Appeals' }).check();
      await page.getByRole('button', { name: '@frank' }).click();
      await page.getByRole('img', { name: 'Hidden photograph' }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'appeal');
      await page.getByRole('radio', { name: 'Log' }).check();
      await page.locator('.log li').first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await keep(page, 'log');
      await page.context().close();
    });
  });

  test('nothing went wrong in any page', () => {
    expect(app.troubles).toEqual([]);
  });
});

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}
