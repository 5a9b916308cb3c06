import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as domainRules from './domainRules.ts';
import * as generalRules from './rules.ts';
import { readSource, sourcesUnder } from './sources.ts';

const server = sourcesUnder('server');
const { domainOf: _, domainLayers: __, ...forDomains } = domainRules;
const rules = { ...generalRules, ...forDomains };

/** Lines to be added to a real file, or a file to be added. */
const planted: Record<keyof typeof rules, [path: string, text: string][]> = {
  domainsHaveOneFace: [
    ['server/domains/posts/router.ts', "import { findComments } from '../engagement/comments/queries.ts';"],
  ],
  domainsFormLayers: [
    ['server/domains/users/public.ts', "import { relationshipsOf } from '../social/public.ts';"],
  ],
  layersAboveCallServices: [
    ['server/jobs/cleanupTasks.ts', "import { findPosts } from '../domains/posts/queries.ts';"],
  ],
  placesSayWhatFilesDo: [['server/domains/posts/router.ts', "import { sql } from 'drizzle-orm';"]],
  rolesKnowTheirPlace: [
    ['server/domains/posts/captions/queries.ts', "import { createPost } from '../service.ts';"],
  ],
  domainsReExportNothing: [['server/domains/posts/public.ts', "export { createPost } from './service.ts';"]],
  servicesDoMoreThanQueries: [
    [
      'server/domains/posts/service.ts',
      'export const findAll = (app: App, id: string): Promise<void> =>\n  queries.findAll(app.db, id);',
    ],
  ],
  importsPointUp: [['server/core/x.ts', "import { a } from '../domains/posts/service.ts';"]],
  imagingKnowsOnlyCodecs: [['server/imaging/x.ts', "import { Id } from '../core/fields.ts';"]],
  fastifyStaysInTheApi: [['server/infra/x.ts', "import type { FastifyInstance } from 'fastify';"]],
  tablesHaveOneWriter: [['server/domains/feed/queries.ts', 'await db.insert(posts).values({})']],
  noCycles: [['server/core/cursors.ts', "import { listPage } from './lists.ts';"]],
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

  test.each(planted[name as keyof typeof rules])('sees a violation planted in %s', (path, text) => {
    const before = server.find((source) => source.path === path);
    const others = server.filter((source) => source !== before);
    const found = rule([
      ...others,
      readSource(
        path,
        `${before?.text ?? ''}
${text}
`,
      ),
    ]);
    expect(found).not.toEqual([]);
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

test('Node gets the same flags from `npm start`, in the image and for the compile cache', () => {
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
