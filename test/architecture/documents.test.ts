import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { domainLayers } from './domainRules.ts';
import { sourcesUnder } from './sources.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Folders whose README has a row for every file in them. */
const MAPPED = [
  'api',
  'bootstrap',
  'config',
  'core',
  'imaging',
  'infra',
  'infra/postgres',
  'jobs',
  'scripts',
].map((folder) => `server/${folder}`);
const FOLDERS = [
  '.',
  'docs',
  'docs/operations',
  'docs/decisions',
  'sdk',
  'sdk/examples/web',
  'server/domains',
  ...MAPPED,
];
/** The lane that runs what the documents say. */
const lane = read('test/lanes/documents.sh');

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const documents = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

interface Block {
  heading: string;
  language: string;
  lines: string[];
}

/** Code blocks with the heading that they are under, and the text without them. */
function parse(text: string): { blocks: Block[]; prose: string; headings: string[] } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  const headings: string[] = [];
  let open: Block | null = null;
  for (const line of text.split('\n')) {
    const fence = /^ *```(\w*)/.exec(line);
    if (fence) {
      open = open ? null : { heading: headings.at(-1)!, language: fence[1]!, lines: [] };
      if (open) blocks.push(open);
    } else if (open) open.lines.push(line.trim());
    else prose.push(line);
    if (!open && /^#+ /.test(line)) headings.push(line.replace(/^#+ /, ''));
  }
  return { blocks, prose: prose.join('\n'), headings };
}

/** As GitHub makes them: letters, digits and dashes of the text as it is shown. */
const anchorOf = (heading: string) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Relative links that lead nowhere, a sentence each. */
function deadLinks(path: string, text: string): string[] {
  const targets = [...parse(text).prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .flatMap((target) => {
      const [file, anchor] = target.split('#') as [string, string?];
      const found = file === '' ? path : relative(ROOT, resolve(ROOT, dirname(path), file));
      if (!existsSync(join(ROOT, found))) return [`${path} links to ${target}, which is not there`];
      if (anchor === undefined || parse(read(found)).headings.map(anchorOf).includes(anchor)) return [];
      return [`${path} links to ${target}, a heading that is not there`];
    });
}

const PATH = /`((?:\.ci|docs|drizzle|sdk|server|test)\/[\w./-]*)`/g;

/** Paths of files that are not there, from the root or from the document. */
const deadPaths = (path: string, text: string): string[] =>
  [...parse(text).prose.matchAll(PATH)]
    .map(([, named]) => named!)
    .filter((named) => !existsSync(join(ROOT, named)) && !existsSync(join(ROOT, dirname(path), named)))
    .map((named) => `${path} names ${named}, which is not there`);

/** Lines of shell that no lane is known to run, and blocks that can't run of which nobody says why. */
const unrun = (path: string, text: string): string[] =>
  parse(text).blocks.flatMap(({ heading, language, lines }) => {
    const isIn = (verb: string) => lane.includes(`${verb} ${path} '${heading}'`);
    if (language === 'console')
      return isIn('not_here') ? [] : [`${path} (${heading}) has a console block without a reason`];
    if (language !== 'sh' || isIn('block') || isIn('block_elsewhere')) return [];
    return lines
      .filter((line) => !lane.includes(`'${line}'`))
      .map((line) => `${path} (${heading}) says ${line}, which no lane runs`);
  });

/** Where the README of a folder differs from its files, in both directions; a subfolder with a README has its own map. */
function mapFaults(folder: string, readme: string): string[] {
  const listed = [...readme.matchAll(/^\| `([\w./]+)` \|/gm)].map(([, file]) => file!);
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|cjs)$/.test(file))
    .filter(
      (file) =>
        !MAPPED.some((other) => other.startsWith(`${folder}/`) && join(folder, file).startsWith(`${other}/`)),
    );
  return [
    ...files
      .filter((file) => !listed.includes(file))
      .map((file) => `${folder}/README.md has no row for ${file}`),
    ...listed
      .filter((file) => !files.includes(file))
      .map((file) => `${folder}/README.md lists ${file}, which is not there`),
  ];
}

const sources = ['server', 'sdk/src'].flatMap((folder) => sourcesUnder(folder));
const code = new Set(sources.flatMap(({ text }) => text.match(/\w+/g) ?? []));

/** Names in camel case that the code does not have, in the documents that say where things are. */
const unknownNames = (path: string, text: string): string[] =>
  ['CONTRIBUTING.md', 'docs/architecture.md'].includes(path)
    ? [...parse(text).prose.matchAll(/`([a-z]+[A-Z]\w*)(?:\([^`]*\))?`/g)]
        .map(([, name]) => name!)
        .filter((name) => !code.has(name))
        .map((name) => `${path} names ${name}, which the code does not have`)
    : [];

describe.each(documents)('%s', (path) => {
  const text = read(path);

  test('has links that lead somewhere', () => {
    expect(deadLinks(path, text)).toEqual([]);
  });

  test('names files that exist', () => {
    expect(deadPaths(path, text)).toEqual([]);
  });

  test('names functions that exist', () => {
    expect(unknownNames(path, text)).toEqual([]);
  });

  test('has commands that CI runs', () => {
    expect(unrun(path, text)).toEqual([]);
  });
});

test.each([
  ['a dead link', deadLinks, 'See [there](no/where.md).'],
  ['a link to a heading that is not there', deadLinks, 'See [there](CONTRIBUTING.md#nowhere).'],
  ['a file that is not there', deadPaths, 'As in `server/core/nowhere.ts`.'],
  ['a function that is not there', unknownNames, 'Then `doNothingAtAll` runs.'],
  ['a command that nobody runs', unrun, '## New\n\n```sh\nnpm run nothing\n```'],
  ['a console block without a reason', unrun, '## New\n\n```console\nkubectl apply\n```'],
] as const)('%s is seen', (_, rule, text) => {
  expect(rule('CONTRIBUTING.md', text)).toHaveLength(1);
});

test.each(MAPPED)('the README of %s lists its files', (folder) => {
  expect(mapFaults(folder, read(`${folder}/README.md`))).toEqual([]);
});

test('the README of the domains has a row for every domain and section', () => {
  const rows = [...read('server/domains/README.md').matchAll(/^\| `([\w/]+)` \|/gm)].map(([, name]) => name!);
  const folders = readdirSync(join(ROOT, 'server/domains'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(join(ROOT, 'server/domains'), join(entry.parentPath, entry.name)));
  expect(rows).toEqual(folders.sort());
});

test('a file without a row, and a row without a file, are seen', () => {
  const readme = read('server/jobs/README.md');
  expect(mapFaults('server/jobs', readme.replace('| `cleanup.ts` |', '| `cleanse.ts` |'))).toHaveLength(2);
});

test('docs/architecture.md has the layering of the domains', () => {
  const layers = domainLayers(sources).map((layer) => layer.join(', '));
  const block = parse(read('docs/architecture.md')).blocks.find(
    ({ heading }) => heading === 'The layers of domains',
  );
  expect(block?.lines).toEqual(layers);
});

test('the README has at most 150 lines', () => {
  expect(read('README.md').split('\n').length - 1).toBeLessThanOrEqual(150);
});

test('every decision has five lines, a number of its own and a row in the index', () => {
  const index = read('docs/decisions/README.md');
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
  for (const name of files) {
    const [title, ...lines] = read(`docs/decisions/${name}`).trim().split('\n').filter(Boolean);
    const [number, text] = [name.slice(0, 4), title!.replace(/^# \d+\. /, '')];
    const date = /^- \*\*Date\*\*: (.*)$/.exec(lines[0]!)?.[1];
    expect(title).toBe(`# ${number}. ${text}`);
    expect(lines.map((line) => /^- \*\*(\w+)\*\*: \S/.exec(line)?.[1])).toEqual([
      'Date',
      'Decision',
      'Why',
      'Figures',
      'Where',
    ]);
    expect(index).toContain(`| [${number}](${name}) | ${date} | ${text} |`);
  }
});

test('every variable that the README names is in .env.example', () => {
  const named = [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
  const table = parse(read('README.md')).prose.split('## Configuration')[1]!.split('\n## ')[0]!;
  const inReadme = [...table.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map(([, name]) => name!);
  expect(inReadme).not.toEqual([]);
  expect(named).toEqual(expect.arrayContaining(inReadme));
});

test('generated files are marked as such, and are still diffed', () => {
  const marked = [...read('.gitattributes').matchAll(/^(\S+) linguist-generated$/gm)].map(
    ([, path]) => path!,
  );
  const made = readdirSync(join(ROOT, 'sdk/src'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\/\/ .*npm run generate/.test(read(`sdk/src/${entry.name}`)))
    .map(({ name }) => `sdk/src/${name}`);
  expect(made).not.toEqual([]);
  expect(marked).toEqual(expect.arrayContaining([...made, 'sdk/openapi.json', 'sdk/released.json']));
  expect(read('.gitattributes')).not.toMatch(/-diff|binary/);
});
