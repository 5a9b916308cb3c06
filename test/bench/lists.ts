import { endpointsOf } from '../../server/api/rest/endpoints.ts';
import { fieldsOf } from '../../server/api/rest/inputFields.ts';
import { appRouter } from '../../server/api/router.ts';
import { listCases, pageOf } from './listCases.ts';
import { startSeeded, userIdOf } from './network.ts';
import { median, spread, times, timesInTurn } from './rounds.ts';
import { seedNetwork } from './seed.ts';
import { seedLists } from './seedLists.ts';
import { seedQuiet } from './seedQuiet.ts';
import { type Shape, shapeOf } from './shape.ts';
import { isSmoke, sized } from './smoke.ts';
import { callerOf, replay, type Statement, statementsOf } from './statements.ts';

/**
 * Every list of the router, called in-process with cold caches: what its plans read, its times at 16 connections against the
 * same statements by the bare driver, and what ten times the data cost, to readers who know as many people in both. Run: node test/bench/lists.ts [name …]
 */
const READERS = sized(16, 1);
const FIRST_READER = 4;
const ROUNDS = sized(5, 1);
const TURN_MS = sized(200, 5);

const names = endpointsOf(appRouter(null as never))
  .filter(({ input }) => Object.hasOwn(fieldsOf(input), 'cursor'))
  .map(({ name }) => name);
const wanted = process.argv.slice(2);
const cases = listCases
  .filter(({ name }) => !wanted.length || wanted.some((word) => name.startsWith(word)))
  .filter((_, i) => i % sized(1, 8) === 0);
for (const name of names)
  if (!listCases.some((list) => list.name.split(',')[0] === name)) console.log(`MISSING ${name}`);

type Seeded = Awaited<ReturnType<typeof startSeeded>>;
// There is nothing to be compared with in a smoke run.
const grown = isSmoke ? [] : [seedQuiet];
const [tenth, seeded] = await Promise.all(
  (isSmoke ? [0.08] : [0.1, 1]).map((scale) => startSeeded(scale, seedNetwork, seedLists, ...grown)) as [
    Promise<Seeded>,
    Promise<Seeded>?,
  ],
);
const whole = seeded ?? tenth;
const defects: string[] = [];
try {
  console.log(
    'list                                median and p99 / bare (spread)              growth (spread)       time    plans',
  );
  for (const list of cases) await measure(list);
  console.log(defects.length ? `DEFECTS\n${defects.join('\n')}` : 'No list scans or sorts what grows.');
} finally {
  await tenth.close();
  await seeded?.close();
}

async function measure(list: (typeof listCases)[number]): Promise<void> {
  const large = await readersOf(whole, list);
  const small = await readersOf(tenth, list);
  const statements: Statement[][] = [];
  for (const { n, page } of large)
    statements.push(
      await statementsOf(whole.database.sql, userIdOf(n), (caller) => list.read(caller, page, n)),
    );
  const shape = await shapeOf(whole.database.sql, statements[0]!, list.mayRead);
  defects.push(...shape.faults.map((fault) => `${list.name}: ${fault}`));
  let i = 0;
  const against = await times(
    [
      { name: 'list', once: next(large) },
      { name: 'bare', once: () => replay(whole.database.sql, statements[i++ % READERS]!) },
    ],
    { rounds: ROUNDS, turnMs: TURN_MS, connections: 16 },
  );
  const growth = await timesInTurn(
    [
      { name: 'whole', once: next(large) },
      { name: 'tenth', once: next(small) },
    ],
    { rounds: ROUNDS, each: 2 * READERS },
  );
  console.log(
    [
      list.name.padEnd(34),
      `${spread(against, 'list', 'bare', 0.5)}, ${spread(against, 'list', 'bare', 0.99)}`.padEnd(42),
      `${spread(growth, 'whole', 'tenth', 0.5)}`.padEnd(20),
      `${median(growth.get('whole')!.flat()).toFixed(1)} ms`,
      shapeText(shape),
    ].join('  '),
  );
}

function shapeText({ faults, most, reads }: Shape): string {
  const much = faults.length ? `READS MUCH: ${faults.join(' | ')}; ` : '';
  return `${much}up to ${most} rows in a step, by ${reads.join(', ')}`;
}

async function readersOf({ database }: Seeded, list: (typeof listCases)[number]) {
  return Promise.all(
    Array.from({ length: READERS }, async (_, i) => {
      const n = list.reader?.(i) ?? FIRST_READER + i;
      const caller = callerOf(database.db, userIdOf(n));
      const page = await pageOf(list, caller, n);
      return { n, page, read: () => list.read(caller, page, n) };
    }),
  );
}

function next(readers: { read: () => Promise<unknown> }[]): () => Promise<unknown> {
  let i = 0;
  return () => readers[i++ % readers.length]!.read();
}
