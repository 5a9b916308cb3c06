import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { errorCatalogue } from '../core/errors.ts';
import { statusOf } from '../core/statuses.ts';
import { readGuides } from './docsGuides.ts';
import { escapeHtml, guideMain, guidePath, type PageParts, pageOf } from './docsLayout.ts';
import { searchEntries } from './docsSearch.ts';
import type { Endpoint } from './endpoints.ts';
import { openApiDocument } from './openapi.ts';

interface DocsOptions {
  endpoints: Endpoint[];
  version: string;
}

const { resolve } = createRequire(import.meta.url);
const OWN = join(import.meta.dirname, 'docs');
const SWAGGER_UI = dirname(resolve('swagger-ui-dist/package.json'));
const MINISEARCH = join(dirname(resolve('minisearch')), '../es');
const FILES: [folder: string, name: string, as?: string][] = [
  [SWAGGER_UI, 'swagger-ui.css'],
  [SWAGGER_UI, 'swagger-ui-bundle.js'],
  [SWAGGER_UI, 'favicon-32x32.png'],
  [MINISEARCH, 'index.js', 'minisearch.js'],
  [OWN, 'scheme.js'],
  [OWN, 'site.js'],
  [OWN, 'reference.js'],
  [OWN, 'page.css'],
  [OWN, 'reference.css'],
];

/** Everything from this server, and nothing inline. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const REFERENCE = `<div id="docs"></div>
<noscript>The reference needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>`;

export async function serveDocs(server: FastifyInstance, { endpoints, version }: DocsOptions): Promise<void> {
  const document = openApiDocument(endpoints, version);
  const guides = await readGuides();
  const nav = { guides, tags: (document.tags as { name: string }[]).map(({ name }) => name) };
  await server.register(fastifyStatic, {
    root: [SWAGGER_UI, MINISEARCH, OWN],
    serve: false,
    cacheControl: false,
  });
  const servePage = (path: string, parts: Omit<PageParts, 'at'>) => {
    const page = pageOf({ at: path, ...parts }, nav);
    server.get(path, (_request, reply) => sendPage(reply, page));
  };
  const serveJson = (path: string, value: unknown) => {
    const text = JSON.stringify(value);
    server.get(path, (_request, reply) =>
      cacheable(reply).header('content-type', 'application/json; charset=utf-8').send(text),
    );
  };

  server.get('/', (_request, reply) => reply.redirect('/docs'));
  serveJson('/openapi.json', document);
  serveJson('/docs/search.json', searchEntries(guides, document));
  servePage('/docs', {
    title: 'Reference',
    main: REFERENCE,
    styles: ['swagger-ui.css', 'reference.css'],
    scripts: ['swagger-ui-bundle.js', 'reference.js'],
  });
  servePage('/docs/errors', { title: 'Errors', main: errorsMain() });
  for (const [index, guide] of guides.entries()) {
    const main = guideMain(guide, guides[index - 1], guides[index + 1]);
    servePage(guidePath(guide.slug), { title: guide.title, main });
  }
  server.get('/docs/guides', (_request, reply) => reply.redirect(guidePath(guides[0]!.slug)));
  for (const [folder, name, as = name] of FILES) {
    server.get(`/docs/${as}`, (_request, reply) => cacheable(reply).sendFile(name, folder));
  }
}

const cacheable = (reply: FastifyReply) =>
  reply.header('cache-control', 'public, max-age=0, must-revalidate');

const sendPage = (reply: FastifyReply, page: string) =>
  cacheable(reply)
    .header('content-security-policy', PAGE_POLICY)
    .header('content-type', 'text/html; charset=utf-8')
    .send(page);

/** What the `type` of a problem leads to. */
function errorsMain(): string {
  const codes = Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[];
  const rows = codes.map(
    (code) =>
      `<tr id="${code}"><td><code>${code.replaceAll('_', '_<wbr>')}</code></td><td>${statusOf(code)}</td><td>${escapeHtml(errorCatalogue[code].title)}</td></tr>`,
  );
  return `<article class="text">
<h1>Errors</h1>
<p>Programs go by the code, which is stable; titles may change. How to handle them: <a href="/docs/guides/errors">the guide</a>.</p>
<table class="errors">
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</article>`;
}
