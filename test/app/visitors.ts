import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM, hasChromium } from '../support/chromium.ts';
import { makeDataFolder } from '../support/dataFolder.ts';
import { startProgram } from '../support/program.ts';
import { GENEROUS } from '../support/visit.ts';

const BUILT = join(import.meta.dirname, '../../sdk/examples/web/dist/index.html');

/** There is a browser, and the app is built, as an install does. */
export const canOpenApp = hasChromium && existsSync(BUILT);

export const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

export type AppUnderTest = Awaited<ReturnType<typeof openApp>>;

/** The program as `npm start` has it, with its demo, and browsers of people who have never been there. */
export async function openApp() {
  const folder = await makeDataFolder({ withDemo: true });
  const program = await startProgram('server/main.ts', { DATA_DIR: folder.path, ...GENEROUS }, 'Ctrl-C');
  const url = program.url.replace('127.0.0.1', 'localhost');
  const adminToken = readFileSync(join(folder.path, 'secrets/admin.token'), 'utf8').trim();
  const browser = await chromium.launch(CHROMIUM);
  const troubles: string[] = [];

  /** What goes wrong in the page is noted; that the server refused something is said by the page itself. */
  async function visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: SIZES.desk, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error}`));
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !isRefusal)
        troubles.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  /** One click for the people of the demo. */
  async function demoPerson(handle: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await visitor(options);
    await page.goto(`${url}/app`);
    await page.getByRole('button', { name: handle, exact: true }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    return page;
  }

  async function close(): Promise<void> {
    await browser.close();
    await program.stop();
    await folder[Symbol.asyncDispose]();
  }

  return { url, folder: folder.path, adminToken, troubles, visitor, demoPerson, close };
}
