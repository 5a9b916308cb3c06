import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppUnderTest, canOpenApp, openApp } from './visitors.ts';

describe.skipIf(!canOpenApp)('a large photograph in the app, in Chromium', () => {
  let app: AppUnderTest;
  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  test('goes on after a reload, and the progress does not go back', async () => {
    const side = 3300;
    const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
    const buffer = await sharp({
      create: { width: side, height: side, channels: 3, background: '#456', noise },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const alice = await app.demoPerson('alice');
    const choose = async () => {
      await alice.goto(`${app.url}/app/new`);
      await alice
        .getByLabel('Choose photographs')
        .setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer });
    };
    const progress = alice.getByRole('progressbar', { name: 'Sending large.png' });
    let sent = 0;
    let isHeld = true;
    await alice.route('**/files/part/**', (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      sent += 1;
      return isHeld && sent > 1 ? undefined : route.continue();
    });
    await choose();
    // The first part has arrived when the fourth is sent.
    await expect.poll(() => sent, { timeout: 60_000 }).toBe(4);
    const before = Number(await progress.getAttribute('value'));
    expect(before).toBeGreaterThan(0);

    sent = 0;
    await choose();
    await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThanOrEqual(before);
    await expect.poll(() => sent, { timeout: 60_000 }).toBeGreaterThan(1);
    expect(Number(await progress.getAttribute('value'))).toBeGreaterThanOrEqual(before);

    isHeld = false;
    sent = 0;
    await choose();
    await alice.getByText('Sent', { exact: true }).waitFor({ timeout: 120_000 });
    expect(sent).toBeLessThan(4);
    await alice.getByRole('button', { name: 'Share' }).click();
    await alice.getByText('Shared.').waitFor();
    expect(app.troubles).toEqual([]);
  });
});
