import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ciel } from '../../sdk/src/index.ts';
import { hasChromium } from '../support/chromium.ts';
import { openBrowser } from './browser.ts';

declare const ciel: Ciel;
declare let shown: number[];
declare const document: {
  createElement(name: 'input'): { type: string };
  body: { append(element: unknown): void };
  querySelector(selector: string): { files: File[] };
};

const PART = 8 * 1024 ** 2;

describe.skipIf(!hasChromium)('a large photograph, in Chromium', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let photo: Buffer;
  beforeAll(async () => {
    browser = await openBrowser('pages/plain.ts', 'globalThis.shown = [];', {
      uploadMaxBytes: 50 * 1024 ** 2,
    });
    const side = 3300;
    photo = await sharp({
      create: {
        width: side,
        height: side,
        channels: 3,
        background: '#456',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
  });
  afterAll(() => browser?.close());

  /** Puts the file into the page, as a person would choose it. */
  async function choose(tab: Page): Promise<void> {
    await tab.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      document.body.append(input);
    });
    await tab.locator('input').setInputFiles({ name: 'river.png', mimeType: 'image/png', buffer: photo });
  }

  const upload = (tab: Page) =>
    tab.evaluate(async () => {
      shown = [];
      const [file] = document.querySelector('input').files;
      return ciel.upload(file!, { onProgress: ({ sent }) => shown.push(sent) });
    });

  test('goes on after a reload, with the parts that are missing', async () => {
    expect(photo.length).toBeGreaterThan(3 * PART);
    const tab = await browser.tab();
    await tab.evaluate(() =>
      ciel.signUp({
        handle: 'river',
        displayName: 'River',
        email: 'river@example.org',
        password: 'a bench under snow',
      }),
    );
    await choose(tab);
    // The second part and those after it never get through.
    let sent: string[] = [];
    let isHeld = true;
    await tab.route('**/files/part/**', (route) => {
      const request = route.request();
      if (request.method() !== 'PUT') return route.continue();
      const { number } = JSON.parse(
        Buffer.from(
          new URL(request.url()).pathname.split('/').at(-1)!.split('.')[0]!,
          'base64url',
        ).toString(),
      );
      sent.push(String(number));
      return isHeld && number > 1 ? undefined : route.continue();
    });
    void upload(tab).catch(() => {});
    await expect.poll(() => tab.evaluate(() => localStorage.getItem('ciel.session.uploads'))).toBeTruthy();
    await expect.poll(() => sent.length).toBeGreaterThan(3);
    const before = await tab.evaluate(() => shown.at(-1)!);
    expect(before).toBeGreaterThan(0);
    isHeld = false;
    sent = [];
    await tab.reload();
    await choose(tab);
    const mediaId = await upload(tab);
    expect(sent.sort()).toEqual(['2', '3', '4']);
    const after = await tab.evaluate(() => shown);
    expect(after[0]).toBeGreaterThanOrEqual(before);
    expect(after).toEqual([...after].sort((a, b) => a - b));
    expect(after.at(-1)).toBe(photo.length);
    expect(await tab.evaluate(() => localStorage.getItem('ciel.session.uploads'))).toBeNull();
    await browser.host.drain();
    const status = await tab.evaluate((uploadId) => ciel.media.status({ uploadId }), mediaId);
    expect(status).toMatchObject({ status: 'completed' });
    await tab.close();
  });
});
