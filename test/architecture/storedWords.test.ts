import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Section, storedWords } from './storedWords.ts';

const COMMITTED = join(import.meta.dirname, 'storedWords.txt');

const textOf = (sections: Section[]) =>
  sections.map(({ title, words }) => `# ${title}\n${words.join('\n')}\n`).join('\n');

/** Each line with the title of its section. */
const linesOf = (text: string): string[] =>
  text.split('\n\n').flatMap((section) => {
    const [title, ...words] = section.trimEnd().split('\n');
    return words.map((word) => `${title}: ${word}`);
  });

test('stored words stay as they are (`vitest -u` adds new ones)', async () => {
  const now = textOf(await storedWords());
  const known = new Set(linesOf(now));
  const gone = linesOf(readFileSync(COMMITTED, 'utf8')).filter((line) => !known.has(line));
  expect(
    gone,
    'Rows, jobs and other processes still have these words. docs/operations.md, "Releases that store new words", says how ' +
      'a release introduces and retires them; after that, delete their lines from test/architecture/storedWords.txt by hand.',
  ).toEqual([]);
  await expect(now).toMatchFileSnapshot(COMMITTED);
});

test('every section has words', async () => {
  expect((await storedWords()).filter(({ words }) => words.length === 0)).toEqual([]);
});
