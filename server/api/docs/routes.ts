import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DocsSite, SiteOptions } from './site.ts';

const { resolve } = createRequire(import.meta.url);
const OWN = join(import.meta.dirname, 'assets');
const SWAGGER_UI = dirname(resolve('swagger-ui-dist/package.json'));
const MINISEARCH = join(dirname(resolve('minisearch')), '../es');
const HIGHLIGHT = join(dirname(resolve('@highlightjs/cdn-assets/package.json')), 'es');
const FILES: [folder: string, name: string, as?: string][] = [
  [SWAGGER_UI, 'swagger-ui.css'],
  [SWAGGER_UI, 'swagger-ui-bundle.js'],
  [SWAGGER_UI, 'favicon-32x32.png'],
  [MINISEARCH, 'index.js', 'minisearch.js'],
  [HIGHLIGHT, 'core.min.js', 'highlight.js'],
  [HIGHLIGHT, 'languages/bash.min.js', 'highlight-sh.js'],
  [HIGHLIGHT, 'languages/json.min.js', 'highlight-json.js'],
  [HIGHLIGHT, 'languages/typescript.min.js', 'highlight-ts.js'],
  [OWN, 'scheme.js'],
  [OWN, 'colours.js'],
  [OWN, 'site.js'],
  [OWN, 'reference.js'],
  [OWN, 'page.css'],
  [OWN, 'reference.css'],
];

/** Everything comes from this server, and nothing is inline. */
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

export async function serveDocs(server: FastifyInstance, options: SiteOptions): Promise<void> {
  const site = createLazily(options);
  await server.register(fastifyStatic, {
    root: [SWAGGER_UI, MINISEARCH, HIGHLIGHT, OWN],
    serve: false,
    cacheControl: false,
    acceptRanges: false,
  });
  const servePage = async ({ url }: FastifyRequest, reply: FastifyReply) => {
    const page = (await site()).pages.get(url.split('?')[0]!);
    return page === undefined ? reply.callNotFound() : sendPage(reply, page);
  };
  const serveJson = (part: 'document' | 'search') => async (_request: FastifyRequest, reply: FastifyReply) =>
    cacheable(reply)
      .header('content-type', 'application/json; charset=utf-8')
      .send((await site())[part]);

  server.get('/', (_request, reply) => reply.redirect('/docs'));
  server.get('/openapi.json', serveJson('document'));
  server.get('/docs/search.json', serveJson('search'));
  for (const path of ['/docs', '/docs/errors', '/docs/guides/:slug']) server.get(path, servePage);
  server.get('/docs/guides', async (_request, reply) => reply.redirect((await site()).firstGuide));
  for (const [folder, name, as = name] of FILES) {
    server.get(`/docs/${as}`, (_request, reply) => cacheable(reply).sendFile(name, folder));
  }
}

/** Creates the site on the first request: most processes never serve it, and building it takes 10 MB. A failure is retried. */
function createLazily(options: SiteOptions): () => Promise<DocsSite> {
  let created: Promise<DocsSite> | undefined;
  return async () => {
    created ??= import('./site.ts').then(({ createDocsSite }) => createDocsSite(options));
    try {
      return await created;
    } catch (error) {
      created = undefined;
      throw error;
    }
  };
}

const cacheable = (reply: FastifyReply) =>
  reply.header('cache-control', 'public, max-age=0, must-revalidate');

const sendPage = (reply: FastifyReply, page: string) =>
  cacheable(reply)
    .header('content-security-policy', PAGE_POLICY)
    .header('content-type', 'text/html; charset=utf-8')
    .send(page);
