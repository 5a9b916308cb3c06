import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import type { Settings } from '../../server/core/app.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { startHost } from '../support/host.ts';
import { createWorld } from '../support/world.ts';

/** A Ciel, a page of another origin that was bundled from the entry, and a Chromium to open it in. */
export async function openBrowser(entry: string, banner = '', settings: Partial<Settings> = {}) {
  const bundle = await build({
    entryPoints: [resolve(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    banner: { js: banner },
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const script = bundle.outputFiles[0]!.text;
  const site = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html');
    response.end(
      isScript
        ? script
        : '<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

  const world = await createWorld({
    settings: { rateLimitFactor: 1000, signupsPerAddressPerDay: 1000, ...settings },
  });
  const host = await startHost(world, { corsOrigins: [origin] });
  const profile = await mkdtemp(join(tmpdir(), 'ciel-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...CHROMIUM,
    headless: true,
  });

  /** A tab with the page; what goes wrong in it goes wrong in the test. */
  async function tab(more = ''): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`${origin}/?server=${encodeURIComponent(host.url)}${more}`);
    return page;
  }

  async function close(): Promise<void> {
    await context.close();
    await host.close();
    site.closeAllConnections();
    await new Promise((closed) => site.close(closed));
    await rm(profile, { recursive: true, force: true });
  }

  return { host, world, context, origin, tab, close };
}
