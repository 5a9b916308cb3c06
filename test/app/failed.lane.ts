import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ciel, createCiel } from '../../sdk/src/index.ts';
import { makePhotograph } from '../support/photograph.ts';
import { type AppUnderTest, canOpenApp, openApp, SIZES } from './visitors.ts';

/** Where screenshots are left to be looked at; none are made without it. */
const SHOTS = process.env.APP_SHOTS;
const WITHIN = { timeout: 120_000, interval: 200 };
const DAMAGED = /The file is damaged/;

describe.skipIf(!canOpenApp)('photographs that failed, in Chromium', () => {
  let app: AppUnderTest;
  let carol: Ciel;
  beforeAll(async () => {
    app = await openApp();
    carol = createCiel({ url: app.url });
    await carol.signIn('carol', 'demo-carol-photographs');
    if (SHOTS) await mkdir(SHOTS, { recursive: true });
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  const keep = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  };

  const picture = (seed: number) => makePhotograph(seed, { width: 1200, height: 900 });

  /** It begins like a photograph, so that only the worker sees what is missing. */
  async function sendDamaged(seed: number): Promise<string> {
    const body = await picture(seed);
    return carol.upload(body.subarray(0, body.length >> 1));
  }

  test('one of two is left out, and the post appears', async () => {
    const mediaIds = [await sendDamaged(1), await carol.upload(await picture(2))];
    const { id: postId } = await carol.posts.create({ mediaIds, visibility: 'public' });
    const page = await app.demoPerson('carol', { viewport: SIZES.phone, colorScheme: 'dark' });
    await page.getByRole('link', { name: /^Activity/ }).click();
    await expect.poll(async () => (await carol.posts.get({ postId })).status, WITHIN).toBe('failed');
    await page.goto(`${app.url}/app/activity`);
    await page.getByRole('link', { name: /A photograph could not be processed/ }).click();
    await page.getByText('Nobody else sees this post').waitFor();
    await keep(page, 'failed post');
    await page.getByRole('link', { name: 'Replace it or leave it out' }).click();
    await page.getByRole('alert').filter({ hasText: DAMAGED }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await keep(page, 'failed photograph of a post');
    await page.getByRole('button', { name: 'Leave out' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(async () => (await carol.posts.get({ postId })).status, WITHIN).toBe('published');
    expect((await carol.posts.get({ postId })).media.map(({ id }) => id)).toEqual([mediaIds[1]]);
    expect(app.troubles).toEqual([]);
    await page.context().close();
  });

  test('the only one is replaced, and keeps its description', async () => {
    const { id: postId } = await carol.posts.create({
      mediaIds: [await sendDamaged(3)],
      visibility: 'public',
    });
    await expect.poll(async () => (await carol.posts.get({ postId })).status, WITHIN).toBe('failed');
    const page = await app.demoPerson('carol', { viewport: SIZES.desk });
    await page.goto(`${app.url}/app/edit/${postId}`);
    await page.getByRole('alert').filter({ hasText: DAMAGED }).waitFor();
    expect(await page.getByRole('button', { name: 'Leave out' }).count()).toBe(0);
    await keep(page, 'only photograph failed');
    const file = { name: 'whole.jpg', mimeType: 'image/jpeg', buffer: await picture(4) };
    await page.locator('input[type=file]').setInputFiles(file);
    await expect.poll(() => page.getByRole('alert').count(), WITHIN).toBe(0);
    await page.getByLabel('Description').fill('Stripes');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(async () => (await carol.posts.get({ postId })).status, WITHIN).toBe('published');
    expect((await carol.posts.get({ postId })).media[0]!.altText).toBe('Stripes');
    await page.context().close();
  });

  test('that of a story is shown to its author, with the reason, and can be deleted', async () => {
    const { userId } = carol.session.current;
    const { id } = await carol.stories.create({ mediaId: await sendDamaged(5), visibility: 'public' });
    await expect.poll(async () => (await carol.stories.get({ storyId: id })).status, WITHIN).toBe('failed');
    const { items } = await carol.stories.byUser({ userId: userId! });
    for (const story of items) if (story.id !== id) await carol.stories.delete({ storyId: story.id });
    const page = await app.demoPerson('carol', { viewport: SIZES.phone });
    await page.goto(`${app.url}/app/stories/${userId}`);
    await page.locator('.stage').getByText(DAMAGED).waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await keep(page, 'failed story');
    await page.getByRole('button', { name: 'More about the story' }).click();
    expect(await page.getByRole('button', { name: 'Add to a highlight' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete the story' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect
      .poll(async () => (await carol.stories.byUser({ userId: userId! })).items.length, WITHIN)
      .toBe(0);
    expect(app.troubles).toEqual([]);
  });
});
