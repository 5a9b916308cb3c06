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
  /** Where the samples speak to. */
  publicUrl: string;
}

/** All that is said of the API, as it is sent. */
export interface DocsSite {
  document: string;
  search: string;
  /** By address. */
  pages: Map<string, string>;
  firstGuide: string;
}

const REFERENCE = `<div id="docs"></div>
<noscript>The reference needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>`;

/** Where the samples of the repository find a server. */
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
