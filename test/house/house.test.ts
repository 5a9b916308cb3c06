import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as rules from './rules.ts';
import { readSource, sourcesUnder } from './sources.ts';

const server = sourcesUnder('server');

const planted: Record<keyof typeof rules, [path: string, text: string][]> = {
  importsPointUp: [['server/core/x.ts', "import { a } from '../domains/posts/service.ts';"]],
  imagingKnowsOnlyCodecs: [['server/imaging/x.ts', "import { Id } from '../core/fields.ts';"]],
  fastifyStaysInTheApi: [['server/infra/x.ts', "import type { FastifyInstance } from 'fastify';"]],
  domainsKeepToThemselves: [['server/domains/feed/service.ts', "import { a } from '../posts/queries.ts';"]],
  rolesKnowTheirPlace: [['server/domains/feed/router.ts', "import { a } from './queries.ts';"]],
  tablesHaveOneWriter: [['server/domains/feed/queries.ts', 'await db.insert(posts).values({})']],
  noCycles: [
    ['server/core/a.ts', "import { b } from './b.ts';"],
    ['server/core/b.ts', "import { a } from './a.ts';"],
  ],
  filesAreShort: [['server/core/x.ts', 'x;\n'.repeat(251)]],
  oneReaderOfTheEnvironment: [['server/core/x.ts', 'const home = process.env.HOME;']],
  noDumpingGrounds: [['server/core/utils.ts', 'export {};']],
  visibilityIsWrittenOnce: [
    ['server/domains/feed/queries.ts', 'sql`not exists (select from ${' + 'blocks} where 1 = 1)`'],
  ],
  indexesAscend: [['server/schema/x.ts', 'index().on(t.createdAt.desc())']],
  locksHaveOneHome: [['server/domains/feed/queries.ts', "await db.select().from(posts).for('update');"]],
  noRawIdentifiers: [['server/domains/feed/queries.ts', 'sql.raw(input)']],
};

describe.each(Object.entries(rules))('%s', (name, rule) => {
  test('holds in the server', () => {
    expect(rule(server)).toEqual([]);
  });

  test('sees a planted violation', () => {
    const sources = planted[name as keyof typeof rules].map(([path, text]) => readSource(path, text));
    expect(rule(sources)).not.toEqual([]);
  });
});

test.each([
  "rows.for('no key update')",
  "rows.for(\n  'key share',\n)",
  'sql`select id from posts for update skip locked`',
  'sql`select 1 for no key update`',
  'sql`select pg_try_advisory_xact_lock(1)`',
])('a lock outside core/locks.ts is seen: %s', (text) => {
  expect(rules.locksHaveOneHome([readSource('server/domains/feed/x.ts', text)])).toHaveLength(1);
});

test('the SDK keeps its files short and imports nothing of the server', () => {
  const sdk = sourcesUnder('sdk/src').filter(({ path }) => path !== 'sdk/src/router.ts');
  expect(rules.filesAreShort(sdk)).toEqual([]);
  expect(sdk.flatMap(({ imports }) => imports).filter(({ target }) => target.startsWith('server/'))).toEqual(
    [],
  );
});

test('the app keeps its files short, and names them after something', () => {
  const app = sourcesUnder('sdk/examples');
  expect(app).not.toEqual([]);
  expect([...rules.filesAreShort(app), ...rules.noDumpingGrounds(app)]).toEqual([]);
});

test('Node gets the same flags from `npm start`, in the image and for what is compiled beforehand', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { start: string; prepare: string };
  };
  const image = readFileSync('Dockerfile', 'utf8');
  const command = (JSON.parse(/^CMD (.*)$/m.exec(image)![1]!) as string[]).join(' ');
  const compiling = command.replace(
    '--import ./server/bootstrap/node/preload.js server/main.ts',
    'server/bootstrap/node/compile.js',
  );
  const arenas = /MALLOC_ARENA_MAX=(\d)/.exec(image)![1]!;
  expect(scripts.start).toBe(
    `MALLOC_ARENA_MAX=\${MALLOC_ARENA_MAX:-${arenas}} exec ${command} || ${command}`,
  );
  expect(scripts.prepare.endsWith(` && ${compiling}`)).toBe(true);
  expect(image).toContain(`\nRUN ${compiling}\n`);
});
