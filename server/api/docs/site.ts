import { errorCatalogue } from '../../core/errors.ts';
import { statusOf } from '../../core/statuses.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { Endpoint } from '../rest/endpoints.ts';
import { readGuides } from './guides.ts';
import { escapeHtml, guideMain, guidePath, type PageParts, pageOf } from './layout.ts';
import { searchEntries } from './search.ts';

export interface SiteOptions {
  endpoints: Endpoint[];
  version: string;
  /** The address that the samples use. */
  publicUrl: string;
}

/** The whole documentation, ready to send. */
export interface DocsSite {
  document: string;
  search: string;
  /** By path. */
  pages: Map<string, string>;
  firstGuide: string;
}

const REFERENCE = `<div id="docs"></div>
<noscript>The reference needs JavaScript. The OpenAPI document is at <a href="/openapi.json">/openapi.json</a>.</noscript>`;

/** The address in the samples as they are written, replaced by `publicUrl`. */
const ORIGIN = 'http://localhost:8080';

export async function createDocsSite({ endpoints, version, publicUrl }: SiteOptions): Promise<DocsSite> {
  const here = (text: string) => text.replaceAll(ORIGIN, publicUrl);
  const document = openApiDocument(endpoints, version);
  const guides = await readGuides();
  const nav = { guides, tags: (document.tags as { name: string }[]).map(({ name }) => name) };
  const page = (at: string, parts: Omit<PageParts, 'at'>) =>
    [at, here(pageOf({ at, ...parts }, nav))] as const;
  return {
    document: here(JSON.stringify(document)),
    search: here(JSON.stringify(searchEntries(guides, document))),
    pages: new Map([
      page('/docs', {
        title: 'Reference',
        main: REFERENCE,
        styles: ['swagger-ui.css', 'reference.css'],
        scripts: ['swagger-ui-bundle.js', 'reference.js'],
      }),
      page('/docs/errors', { title: 'Errors', main: errorsMain() }),
      ...guides.map((guide, index) =>
        page(guidePath(guide.slug), {
          title: guide.title,
          main: guideMain(guide, guides[index - 1], guides[index + 1]),
        }),
      ),
    ]),
    firstGuide: guidePath(guides[0]!.slug),
  };
}

/** The page that a problem's `type` links to. */
function errorsMain(): string {
  const codes = Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[];
  const rows = codes.map(
    (code) =>
      `<tr id="${code}"><td><code>${code.replaceAll('_', '_<wbr>')}</code></td><td>${statusOf(code)}</td><td>${escapeHtml(errorCatalogue[code].title)}</td></tr>`,
  );
  return `<article class="text">
<h1>Errors</h1>
<p>Rely on the code, which is stable; titles may change. <a href="/docs/guides/errors">The guide</a> explains how to handle errors.</p>
<table class="errors">
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</article>`;
}
