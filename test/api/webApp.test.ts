import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHost, type Host } from './host.ts';

const BUILT = join(import.meta.dirname, '../../sdk/examples/web/dist');
const isBuilt = existsSync(BUILT);

let host: Host;
beforeAll(async () => {
  host = await createHost({
    webApp: {
      settings: () => ({ demoPeople: [{ handle: 'alice', password: 'p' }], isInviteNeeded: true }),
      photographOrigins: ['https://photos.example.org'],
    },
  });
});
afterAll(() => host.close());

test('the app receives the public settings', async () => {
  const response = await host.send('GET /app/settings.json');
  expect(response.json()).toEqual({
    demoPeople: [{ handle: 'alice', password: 'p' }],
    isInviteNeeded: true,
  });
  expect(response.headers['cache-control']).toBe('no-store');
});

test('a page has a policy of its own: scripts of this server, photographs of the storage as well', async () => {
  const { headers } = await host.send('GET /app');
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(policy).toContain("img-src 'self' data: blob: https://photos.example.org;");
  expect(policy).toContain("connect-src 'self' https://photos.example.org;");
  expect(policy).not.toContain('unsafe');
});

test.each([
  '/app/assets/nothing.js',
  '/app/assets/..%2findex.html',
  '/app/assets/%2e%2e%2f%2e%2e%2fvite.config.js',
  '/app/assets/',
])('no file: %s', async (path) => {
  const response = await host.send(`GET ${path}`);
  expect(response.body).not.toContain('defineConfig');
  expect(response.headers['cache-control']).not.toContain('immutable');
});

describe.runIf(isBuilt)('built', () => {
  test.each(['/app', '/app/', '/app/p/1', '/app/@/alice', '/app/operator', '/app/..%2fsecret'])(
    '%s is the page, which is asked for anew each time',
    async (path) => {
      const response = await host.send(`GET ${path}`);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(response.headers['cache-control']).toBe('no-cache');
      expect(response.body).toBe(readFileSync(join(BUILT, 'index.html'), 'utf8'));
    },
  );

  test('loads immutable files of this server, and has nothing inline', async () => {
    const { body } = await host.send('GET /app');
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:|<style|\sstyle=/i);
    const links = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(link).toMatch(/^\/app\/assets\/[\w-]+\.(js|css|svg)$/);
      const { statusCode, headers } = await host.send(`GET ${link}`);
      expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});

test.skipIf(isBuilt)('not built, it says what to run', async () => {
  const response = await host.send('GET /app/p/1');
  expect(response.statusCode).toBe(503);
  expect(response.body).toContain('npm run build:app');
});
