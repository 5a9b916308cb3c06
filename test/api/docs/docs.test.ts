import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GUIDES, readGuides } from '../../../server/api/docs/guides.ts';
import type { SearchEntry } from '../../../server/api/docs/search.ts';
import type { OpenApiDocument } from '../../../server/api/openapi/document.ts';
import { createHost, type Host } from '../host.ts';

const guides = await readGuides();
/** As links of the reference name them, of the real API. */
const { paths, tags } = JSON.parse(await readFile('sdk/openapi.json', 'utf8')) as OpenApiDocument;
const operations = Object.values(paths)
  .flatMap((methods) => Object.values(methods))
  .map((operation) => `/${(operation.tags as string[])[0]}/${operation.operationId}`);
const subjects = (tags as { name: string }[]).map(({ name }) => `/${name}`);

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());

const linksOf = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);

test('the root leads to the docs', async () => {
  const response = await host.send('GET /');
  expect([response.statusCode, response.headers.location]).toEqual([302, '/docs']);
});

test('the document is served as JSON, and is of this version', async () => {
  const response = await host.send('GET /openapi.json');
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(response.json()).toMatchObject({ openapi: '3.1.1', info: { title: 'Ciel', version: '1.2.3' } });
});

test('the samples speak to the server that shows them', async () => {
  const guide = await host.send('GET /docs/guides/getting-started');
  const { paths } = (await host.send('GET /openapi.json')).json() as OpenApiDocument;
  for (const text of [guide.body, JSON.stringify(paths)]) {
    expect(text).toContain('https://ciel.example.org/v1');
    expect(text).not.toContain('localhost:8080');
  }
});

describe('the page', () => {
  test('loads everything from this server, and has nothing inline', async () => {
    const page = await host.send('GET /docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:|<style/i);
    for (const link of linksOf(page.body)) {
      if (link.startsWith('#')) continue;
      expect(link).toMatch(/^\/[a-z]/);
      const file = await host.send(`GET ${link}`);
      expect({ link, status: file.statusCode }).toEqual({ link, status: 200 });
    }
  });

  test('has its files with their types', async () => {
    const types = await Promise.all(
      [
        'swagger-ui.css',
        'swagger-ui-bundle.js',
        'reference.js',
        'minisearch.js',
        'highlight.js',
        'highlight-sh.js',
        'colours.js',
        'favicon-32x32.png',
      ].map(async (name) => (await host.send(`GET /docs/${name}`)).headers['content-type']),
    );
    expect(types).toEqual([
      'text/css; charset=utf-8',
      'application/javascript; charset=utf-8',
      'application/javascript; charset=utf-8',
      'application/javascript; charset=utf-8',
      'application/javascript; charset=utf-8',
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
    '/docs/guides/01-getting-started.md',
    '/docs/guides/unknown',
  ])('nothing else is served: %s', async (path) => {
    expect((await host.send(`GET ${path}`)).statusCode).toBe(404);
  });

  test.each([
    ['a range outside of it', { range: 'bytes=5-1' }],
    ['another version', { 'if-match': '"another"' }],
    ['an older version', { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }],
  ])('asked for %s of a file, it does not fail', async (_, headers) => {
    expect((await host.send('GET /docs/site.js', { headers })).statusCode).toBeLessThan(500);
  });

  test('a file that has not changed is not sent again', async () => {
    const { headers } = await host.send('GET /docs/swagger-ui-bundle.js');
    const again = await host.send('GET /docs/swagger-ui-bundle.js', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});

describe('the guides', () => {
  const pageOf = async (slug: string) => (await host.send(`GET /docs/guides/${slug}`)).body;

  test('are there in their order, each with those before and after it', async () => {
    const [first, second] = guides;
    expect((await host.send('GET /docs/guides')).headers.location).toBe(`/docs/guides/${first!.slug}`);
    const page = await pageOf(first!.slug);
    expect(page).toContain(`<h1>${first!.title}</h1>`);
    expect(page).toContain(`rel="next" href="/docs/guides/${second!.slug}"`);
    expect(page).not.toContain('rel="prev"');
    expect(await pageOf(second!.slug)).toContain(`rel="prev" href="/docs/guides/${first!.slug}"`);
  });

  test.each(guides.map(({ slug }) => slug))('every link of %s leads somewhere', async (slug) => {
    const page = await pageOf(slug);
    for (const link of new Set(linksOf(page))) {
      const [path, anchor] = new URL(link, `http://ciel/docs/guides/${slug}`).href.slice(11).split('#');
      const target = await host.send(`GET ${path}`);
      expect({ link, status: target.statusCode }).toEqual({ link, status: 200 });
      if (anchor?.startsWith('/')) expect([...operations, ...subjects]).toContain(anchor);
      else if (anchor) expect(target.body).toContain(`id="${anchor}"`);
    }
  });

  test.each(guides.map(({ slug }) => slug))('%s has samples that are run, and no others', async (slug) => {
    const name = (await readdir(GUIDES)).find((file) => file.endsWith(`-${slug}.md`))!;
    const markdown = await readFile(join(GUIDES, name), 'utf8');
    const fences = [...markdown.matchAll(/^```(.*)$/gm)].map(([, language]) => language!);
    expect(
      fences.filter((_, index) => index % 2 === 0 && !['sh', 'ts', 'json'].includes(fences[index]!)),
    ).toEqual([]);
    for (const [, json] of markdown.matchAll(/^```json\n(.*?)^```/gms))
      expect(() => JSON.parse(json!)).not.toThrow();
  });
});

describe('the search', () => {
  test('knows guides by section, operations and errors', async () => {
    const entries = (await host.send('GET /docs/search.json')).json() as SearchEntry[];
    const urlsOf = (kind: string) => entries.filter((entry) => entry.kind === kind).map(({ url }) => url);
    expect(urlsOf('guide')).toContain('/docs/guides/uploading#3-complete');
    expect(urlsOf('operation')).toContain('/docs#/users/usersAsk');
    expect(urlsOf('error')).toContain('/docs/errors#rate_limited');
    expect(new Set(entries.map(({ url }) => url)).size).toBe(entries.length);
  });
});
