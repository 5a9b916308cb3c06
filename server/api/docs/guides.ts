import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Marked } from 'marked';

export interface Guide {
  /** Last part of its path: `/docs/guides/{slug}`. */
  slug: string;
  title: string;
  /** Its first paragraph, as plain text. */
  lead: string;
  html: string;
  sections: Section[];
}

export interface Section {
  id: string;
  title: string;
  /** Its content as plain text, for the search. */
  text: string;
}

export const GUIDES = join(import.meta.dirname, 'guides');

/** The guides, in the order of the numbers in their file names. */
export async function readGuides(): Promise<Guide[]> {
  const names = (await readdir(GUIDES)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) =>
      guideOf(name.replace(/^\d+-|\.md$/g, ''), await readFile(join(GUIDES, name), 'utf8')),
    ),
  );
}

function guideOf(slug: string, markdown: string): Guide {
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (!title) throw new Error(`the guide ${slug} has no title`);
  const body = markdown.replace(/^# .+$/m, '').trim();
  const [intro, ...others] = body.split(/^## /m);
  const sections = others.map((part) => {
    const [heading, ...lines] = part.split('\n');
    return { id: slugOf(heading!), title: plain(heading!), text: plain(lines.join('\n')) };
  });
  const text = plain(intro!);
  return {
    slug,
    title,
    lead: plain(intro!.split('\n\n')[0]!),
    html: markdownParser.parse(body, { async: false }),
    sections: [{ id: '', title, text }, ...sections],
  };
}

const slugOf = (heading: string) =>
  plain(heading)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const plain = (markdown: string) =>
  markdown
    .replace(/^```.*$/gm, '')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/[`*|]|^#+ |^-{3,}$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

const markdownParser = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      const id = slugOf(text);
      const inner = this.parser.parseInline(tokens);
      return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
    },
    table(token) {
      const row = (cells: typeof token.header, tag: string) =>
        `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
      const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
      return `<div class="wide"><table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
    },
  },
});
