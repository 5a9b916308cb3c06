import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHost, type Host } from './host.ts';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());

test('the root leads to the docs', async () => {
  const response = await host.send('GET /');
  expect([response.statusCode, response.headers.location]).toEqual([302, '/docs']);
});

test('the document is served as JSON, and is of this version', async () => {
  const response = await host.send('GET /openapi.json');
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(response.json()).toMatchObject({ openapi: '3.1.1', info: { title: 'Ciel', version: '1.2.3' } });
});

describe('the page', () => {
  const links = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);

  test('loads everything from this server, and has nothing inline', async () => {
    const page = await host.send('GET /docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:|<style/i);
    for (const link of links(page.body)) {
      expect(link).toMatch(/^\/[a-z]/);
      const file = await host.send(`GET ${link}`);
      expect({ link, status: file.statusCode }).toEqual({ link, status: 200 });
    }
  });

  test('has its files with their types', async () => {
    const types = await Promise.all(
      ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js', 'favicon-32x32.png'].map(
        async (name) => (await host.send(`GET /docs/${name}`)).headers['content-type'],
      ),
    );
    expect(types).toEqual([
      'text/css; charset=utf-8',
      'application/javascript; charset=utf-8',
      'application/javascript; charset=utf-8',
      'image/png',
    ]);
  });

  test.each([
    '/docs/index.html',
    '/docs/package.json',
    '/docs/..%2fhttp.ts',
    '/docs/../server/api/http.ts',
    '/docs/swagger-ui.js.map',
  ])('nothing else is served: %s', async (path) => {
    expect((await host.send(`GET ${path}`)).statusCode).toBe(404);
  });

  test('a file that has not changed is not sent again', async () => {
    const { headers } = await host.send('GET /docs/swagger-ui-bundle.js');
    const again = await host.send('GET /docs/swagger-ui-bundle.js', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});
