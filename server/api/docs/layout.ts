import type { Guide } from './guides.ts';

export interface PageParts {
  title: string;
  /** Path of this page, which the navigation marks. */
  at: string;
  main: string;
  styles?: string[];
  scripts?: string[];
}

export interface Navigation {
  guides: Pick<Guide, 'slug' | 'title'>[];
  tags: string[];
}

/** A page of the docs: the bar with the search, the navigation and the content. */
export function pageOf({ title, at, main, styles = [], scripts = [] }: PageParts, nav: Navigation): string {
  const sheets = [...styles, 'page.css'].map((name) => `<link rel="stylesheet" href="/docs/${name}" />`);
  const deferred = scripts.map((name) => `<script src="/docs/${name}" defer></script>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)} · Ciel API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    ${sheets.join('\n    ')}
    <script src="/docs/scheme.js"></script>
    <script type="module" src="/docs/site.js"></script>
    ${deferred.join('\n    ')}
  </head>
  <body>
    <a class="skip" href="#main">Skip to content</a>
    <header class="bar">
      <button type="button" class="menu" aria-expanded="false" aria-controls="nav">Menu</button>
      <a class="brand" href="/docs/guides/${nav.guides[0]?.slug ?? ''}">Ciel <span>API</span></a>
      <form class="search" role="search">
        <input type="search" id="search" placeholder="Search" aria-label="Search guides, operations and errors" autocomplete="off" aria-controls="results" />
        <kbd>/</kbd>
        <ul id="results" hidden></ul>
      </form>
    </header>
    <nav id="nav" class="nav" aria-label="Docs">
      ${navigation(nav, at)}
    </nav>
    <main id="main" class="main">
${main}
    </main>
  </body>
</html>
`;
}

function navigation({ guides, tags }: Navigation, at: string): string {
  const link = (href: string, text: string) =>
    `<li><a href="${href}"${href === at ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a></li>`;
  return `<h2>Guides</h2>
      <ul>${guides.map(({ slug, title }) => link(guidePath(slug), title)).join('')}</ul>
      <h2>Reference</h2>
      <ul>${link('/docs', 'All operations')}${link('/docs/errors', 'Errors')}${link('/openapi.json', 'OpenAPI document')}</ul>
      <h2>By tag</h2>
      <ul>${tags.map((tag) => link(`/docs#/${tag}`, tag)).join('')}</ul>`;
}

export const guidePath = (slug: string) => `/docs/guides/${slug}`;

/** The content of a guide, with links to the previous and the next one. */
export function guideMain(guide: Guide, before: Guide | undefined, after: Guide | undefined): string {
  const step = (to: Guide | undefined, word: string, rel: string) =>
    to
      ? `<a class="step" rel="${rel}" href="${guidePath(to.slug)}"><small>${word}</small>${escapeHtml(to.title)}</a>`
      : '';
  const contents = guide.sections
    .filter(({ id }) => id)
    .map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  return `<article class="text">
<h1>${escapeHtml(guide.title)}</h1>
${guide.html}
<nav class="steps" aria-label="Next and previous guide">${step(before, 'Previous', 'prev')}${step(after, 'Next', 'next')}</nav>
</article>
<aside class="contents" aria-label="On this page"><h2>On this page</h2><ul>${contents.join('')}</ul></aside>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]!);
