import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { errorCatalogue } from '../../server/core/errors.ts';
import { helpOf, helpOfAll } from '../../server/scripts/cli/help.ts';
import { commands } from '../../server/scripts/commands/table.ts';
import { sourcesUnder } from './sources.ts';
import { docComments, foreignWords, literals, openApiTexts, words } from './words.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const markdownUnder = (folder: string): string[] =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
        .sort()
    : [];

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'sdk/README.md', 'sdk/CHANGELOG.md'],
  '.env.example',
  ...markdownUnder('docs'),
  ...markdownUnder('server/api/docs/guides'),
].filter((path) => existsSync(join(ROOT, path)));

/** Their texts are those of the OpenAPI document. */
const generated = ['router', 'procedures', 'codes', 'limits'].map((name) => `sdk/src/${name}.ts`);

test.each(documents)('%s is in plain words', (path) => {
  const text = read(path);
  // The last column of the glossary holds the words that are not to be used.
  const used = path === 'docs/glossary.md' ? text.replace(/\|[^|\n]*\|$/gm, '|') : text;
  expect(foreignWords(path, used)).toEqual([]);
});

test('the OpenAPI document is in plain words', () => {
  expect(foreignWords('sdk/openapi.json', openApiTexts(read('sdk/openapi.json')))).toEqual([]);
});

test('errors are in plain words: titles, details and messages at fields', () => {
  const titles = Object.entries(errorCatalogue).flatMap(([code, { title }]) =>
    foreignWords(`the title of ${code}`, title),
  );
  const said = ['server/api', 'server/core', 'server/domains']
    .flatMap(sourcesUnder)
    .flatMap(({ path, text }) => foreignWords(path, literals(text)));
  expect([...titles, ...said]).toEqual([]);
});

test('the help of the command line is in plain words', () => {
  const help = commands.flatMap((command) => foreignWords(`help ${command.name}`, helpOf(command)));
  expect([...foreignWords('help', helpOfAll(commands)), ...help]).toEqual([]);
});

test('the doc comments of the SDK are in plain words', () => {
  const written = sourcesUnder('sdk/src').filter(({ path }) => !generated.includes(path));
  expect(written.flatMap(({ path, text }) => foreignWords(path, docComments(text)))).toEqual([]);
});

/** A sentence for each pattern, in its order. */
const planted = [
  'It scans so many rows.',
  'A family lives so long.',
  'This can not be undone.',
  'Read the list anew.',
  'It is banned for ever.',
  'It is none of the kinds.',
  'Sign out oneself.',
  'Sessions where one signed in.',
  'It says what one may do.',
  'A post of who is banned.',
  'People whom it names.',
  'Ten at the most.',
  'Delete the own account.',
  'Posts, the latest first.',
  'The server answers 204.',
  'With a lock in hand.',
  'The store is away.',
  'The ban stands.',
  'A standing comment.',
  'Friends besides.',
  'The owner is told.',
  'They are told of it.',
  'Take it back.',
  'Replies go with it.',
  'The token is good for a day.',
  'It lasts a while.',
  'There is no such thing.',
  'Then nothing is changed.',
  'It is no procedure.',
  'Unique without regard to case.',
  'Jobs are worked off.',
  'The check mends counts.',
  'It is not as it must be.',
  'It is as it was before.',
  'Sent as they are made.',
  'Hours; left out: forever.',
  'The job settles it.',
  'It finds the twin.',
  'It removes strays.',
  'A neighbour locks it.',
  'Your e-mail address.',
  'A photo of yours.',
  'Posts that you may see.',
  'Kind of the error, for people.',
  'Muted users are left out.',
  'While you read the pages.',
  'It does not exist for you.',
  'In a form for example.',
  'Of all users.',
];

test('every pattern finds what it is for', () => {
  expect(planted).toHaveLength(words.length);
  const missed = words.filter(({ pattern }, index) => planted[index]!.search(pattern) < 0);
  expect(missed).toEqual([]);
});

test('a foreign word is found, with its line, also across a line break', () => {
  expect(foreignWords('x.md', 'A page reads\nso\nmany rows.')).toEqual([
    'x.md:2: so many (better: this many, or a name for the number)',
  ]);
  expect(foreignWords('x.md', 'Of all users.')).toHaveLength(1);
  expect(foreignWords('x.md', 'The kinds of all users, and `so many`.')).toEqual([]);
  expect(foreignWords('x.ts', docComments('/**\n * It can\n * not be.\n */\nconst anew = 1;'))).toEqual([
    "x.ts:2: can not (better: can't or cannot)",
  ]);
  expect(literals("/* it's */ throw badField('a', 'is anew');").trim()).toBe("'is anew'");
  expect(openApiTexts('{\n  "summary": "Read it anew",\n  "operationId": "anew"\n}')).toBe(
    '\nRead it anew\n\n',
  );
});
