import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { errorCatalogue } from '../core/errors.ts';
import type { Endpoint } from './endpoints.ts';
import { openApiDocument } from './openapi.ts';
import { statusOf } from './problems.ts';

interface DocsOptions {
  endpoints: Endpoint[];
  version: string;
}

const OWN = join(import.meta.dirname, 'docs');
const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const FILES: [folder: string, name: string][] = [
  [SWAGGER_UI, 'swagger-ui.css'],
  [SWAGGER_UI, 'swagger-ui-bundle.js'],
  [SWAGGER_UI, 'favicon-32x32.png'],
  [OWN, 'start.js'],
  [OWN, 'page.css'],
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

export async function serveDocs(server: FastifyInstance, { endpoints, version }: DocsOptions): Promise<void> {
  const document = JSON.stringify(openApiDocument(endpoints, version));
  const page = await readFile(join(OWN, 'index.html'), 'utf8');
  const errors = errorPage();
  await server.register(fastifyStatic, { root: [SWAGGER_UI, OWN], serve: false, cacheControl: false });

  server.get('/', (_request, reply) => reply.redirect('/docs'));
  server.get('/openapi.json', (_request, reply) =>
    cacheable(reply).header('content-type', 'application/json; charset=utf-8').send(document),
  );
  server.get('/docs', (_request, reply) => sendPage(reply, page));
  server.get('/docs/errors', (_request, reply) => sendPage(reply, errors));
  for (const [folder, name] of FILES) {
    server.get(`/docs/${name}`, (_request, reply) => cacheable(reply).sendFile(name, folder));
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
function errorPage(): string {
  const codes = Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[];
  const rows = codes.map(
    (code) =>
      `<tr id="${code}"><td><code>${code.replaceAll('_', '_<wbr>')}</code></td><td>${statusOf(code)}</td><td>${errorCatalogue[code].title}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Errors of the Ciel API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/page.css" />
  </head>
  <body>
    <main class="errors">
      <h1>Errors</h1>
      <p>Programs go by the code, which is stable; titles may change. <a href="/docs">All operations</a></p>
      <table>
        <thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
        <tbody>
${rows.join('\n')}
        </tbody>
      </table>
    </main>
  </body>
</html>
`;
}
