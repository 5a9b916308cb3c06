import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '../core/errors.ts';

/** What the reference app tells visitors before they sign in. */
export interface WebAppSettings {
  /** Demo accounts to sign in with by one click; empty without the demo. */
  demoPeople: { handle: string; password: string }[];
  isInviteNeeded: boolean;
}

export interface WebAppOptions {
  settings(): WebAppSettings;
  /** Origins other than this server that photographs are uploaded to and loaded from. */
  photographOrigins: string[];
}

const ASSET = /^[\w-]+\.\w+$/;
const BUILT = join(import.meta.dirname, '../../sdk/examples/web/dist');

/** Serves the built app of sdk/examples/web under `/app`. Needs the plugin for static files that the docs register. */
export function serveWebApp(server: FastifyInstance, { settings, photographOrigins }: WebAppOptions): void {
  const policy = policyFor(photographOrigins);

  const sendPage = async (_request: unknown, reply: FastifyReply) => {
    reply.header('content-security-policy', policy);
    if (existsSync(join(BUILT, 'index.html')))
      return reply.header('cache-control', 'no-cache').sendFile('index.html', BUILT);
    return reply.code(503).header('content-type', 'text/html; charset=utf-8').send(NOT_BUILT);
  };
  server.get('/app', sendPage);
  // Every other path is a page of the app.
  server.get('/app/*', sendPage);
  server.get('/app/settings.json', (_request, reply) => reply.send(settings()));
  server.get<{ Params: { name: string } }>('/app/assets/:name', async ({ params }, reply) => {
    const name = join('assets', params.name);
    if (!ASSET.test(params.name) || !existsSync(join(BUILT, name))) throw notFound();
    // The name contains a hash of the content.
    return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(name, BUILT);
  });
}

const policyFor = (photographOrigins: string[]) => {
  const photographs = photographOrigins.map((origin) => ` ${origin}`).join('');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob:${photographs}`,
    `connect-src 'self'${photographs}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The app is not built yet</title>
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/page.css" />
  </head>
  <body>
    <main class="main">
      <article class="text">
        <h1>The app is not built yet</h1>
        <p>Run this in the folder of Ciel, then reload the page:</p>
        <pre><code>npm ci &amp;&amp; npm run build:app</code></pre>
        <p>Everything else works without it, such as the <a href="/docs">API reference</a>.</p>
      </article>
    </main>
  </body>
</html>
`;
