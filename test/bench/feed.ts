import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCiel, memoryStore } from '../../sdk/src/index.ts';
import { startProgram } from '../support/program.ts';
import { type Network, startNetwork, userIdOf } from './network.ts';
import { alternate, median, ratio } from './rounds.ts';
import { READER_GROUPS } from './seed.ts';
import { isSmoke, sized } from './smoke.ts';
import { replay, type Statement, statementsOf } from './statements.ts';

/**
 * The home feed over REST and over the SDK, against the same statements by the bare driver and by a bare Fastify route.
 * Pages are the second ones: the ids of first pages are cached, which no comparison has. Run: node test/bench/feed.ts
 */
const ROUNDS = sized(7, 1);
const TURN_MS = sized(2000, 100);
const LIMIT = 30;

interface Reader {
  n: number;
  token: string;
  cursor: string;
}

const whole = await startNetwork(sized(1, 0.03));
const tenth = isSmoke ? whole : await startNetwork(0.1);
try {
  const groups = await Promise.all(READER_GROUPS.map((_, group) => readersOf(whole, group)));
  await throughput(whole, groups.flat());
  await byFollowees(groups);
  await byScale(groups[0]!);
  await plans(groups);
  await memory(groups.flat());
} finally {
  await whole.close();
  if (tenth !== whole) await tenth.close();
}

async function throughput(network: Network, readers: Reader[]): Promise<void> {
  const statements: Record<string, Statement[]> = {};
  for (const { n, cursor } of readers) statements[n] = await secondPage(network, n, cursor);
  const file = join(mkdtempSync(join(tmpdir(), 'ciel-bench-')), 'statements.json');
  writeFileSync(file, JSON.stringify(statements));
  const bare = await startProgram('test/bench/bareRoute.ts', { STATEMENTS: file, DATABASE_URL: network.url });
  const next = roundRobin(readers);
  const clients = new Map(readers.map((reader) => [reader.n, clientOf(network, reader)]));
  const contenders = [
    { name: 'driver', once: () => replay(network.database.sql, statements[next().n]!) },
    { name: 'Fastify', once: () => get(`${bare.url}/feed/${next().n}`) },
    { name: 'REST', once: () => feedOf(network, next()) },
    {
      name: 'SDK',
      once: async () => {
        const { n, cursor } = next();
        await clients.get(n)!.feed.home({ limit: LIMIT, cursor });
      },
    },
  ];
  const rates = await alternate(contenders, { rounds: ROUNDS, turnMs: TURN_MS, connections: 16 });
  await bare.stop();
  for (const { name } of contenders)
    console.log(`${name.padEnd(8)} ${median(rates.get(name)!).toFixed(0)} pages/s`);
  console.log(`REST / bare Fastify route   ${ratio(rates, 'REST', 'Fastify')}`);
  console.log(`REST / bare driver          ${ratio(rates, 'REST', 'driver')}`);
  console.log(`SDK  / bare Fastify route   ${ratio(rates, 'SDK', 'Fastify')}`);
}

async function byFollowees(groups: Reader[][]): Promise<void> {
  const contenders = groups.map((readers, i) => {
    const next = roundRobin(readers);
    return { name: String(READER_GROUPS[i]!.follows), once: () => feedOf(whole, next()) };
  });
  const rates = await alternate(contenders, { rounds: ROUNDS, turnMs: TURN_MS / 2, connections: 1 });
  for (const { follows } of READER_GROUPS.slice(1)) {
    console.log(`cost of ${follows} followees / of 50   ${ratio(rates, '50', String(follows))}`);
  }
}

async function byScale(readers: Reader[]): Promise<void> {
  const small = roundRobin(await readersOf(tenth, 0));
  const large = roundRobin(readers);
  const contenders = [
    { name: 'tenth', once: () => feedOf(tenth, small()) },
    { name: 'whole', once: () => feedOf(whole, large()) },
  ];
  const rates = await alternate(contenders, { rounds: ROUNDS, turnMs: TURN_MS / 2, connections: 1 });
  console.log(`cost of all the data / of a tenth   ${ratio(rates, 'tenth', 'whole')}`);
}

async function plans(groups: Reader[][]): Promise<void> {
  for (const { n, cursor } of groups.map((readers) => readers[0]!)) {
    for (const { query, params } of await secondPage(whole, n, cursor)) {
      const rows = await whole.database.sql.unsafe(
        `explain (analyze, buffers, costs off, timing off) ${query}`,
        params as never[],
      );
      const plan = rows.map((row) => row['QUERY PLAN'] as string);
      const scans = plan.filter((line) => line.includes('Seq Scan'));
      console.log(
        `\nuser ${n}: ${scans.length ? `SEQUENTIAL: ${scans.join(' | ')}` : 'no sequential scan'}\n${plan.join('\n')}`,
      );
    }
  }
}

/** Memory of programs that have done nothing else, with a warm compile cache; 30,000 reads show whether it grows. */
async function memory(readers: Reader[]): Promise<void> {
  for (const mode of ['api', 'combined'] as const) {
    await using program = await whole.start(mode);
    const next = roundRobin(readers);
    const resident = () => `${(program.memory() / 1e6).toFixed(0)} MB`;
    const figures = [`${resident()} at the start`];
    let done = 0;
    for (const reads of [sized(10_000, 50), sized(30_000, 100)]) {
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          while (done < reads) {
            done += 1;
            await feedOf({ program }, next());
          }
        }),
      );
      figures.push(`${resident()} after ${reads} feed reads`);
    }
    console.log(`resident, APP_MODE=${mode}   ${figures.join(', ')}`);
  }
}

async function readersOf(network: Network, group: number): Promise<Reader[]> {
  const first = 1 + READER_GROUPS.slice(0, group).reduce((sum, { readers }) => sum + readers, 0);
  return Promise.all(
    Array.from({ length: sized(READER_GROUPS[group]!.readers, 2) }, async (_, i) => {
      const n = first + i;
      const token = await network.tokenOf(n);
      const page = (await get(`${network.program.url}/v1/feed?limit=${LIMIT}`, token)) as {
        nextCursor: string;
      };
      return { n, token, cursor: page.nextCursor };
    }),
  );
}

/** The cursor of the started program is signed with its key, so the page is found by the statements of a walk. */
async function secondPage(network: Network, n: number, _cursor: string): Promise<Statement[]> {
  const all = await statementsOf(network.database.sql, userIdOf(n), async (caller) => {
    const { nextCursor } = await caller.feed.home({ limit: LIMIT });
    return caller.feed.home({ limit: LIMIT, ...(nextCursor ? { cursor: nextCursor } : {}) });
  });
  const first = await statementsOf(
    network.database.sql,
    userIdOf(n),
    (caller) => caller.feed.home({ limit: LIMIT }) as Promise<unknown>,
  );
  return all.slice(first.length);
}

function feedOf(network: Pick<Network, 'program'>, { token, cursor }: Reader): Promise<unknown> {
  return get(`${network.program.url}/v1/feed?limit=${LIMIT}&cursor=${cursor}`, token);
}

/** Without compression, which the comparisons do not have either. */
function plainFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept-encoding', 'identity');
  return fetch(url, { ...init, headers });
}

async function get(url: string, token?: string): Promise<unknown> {
  const response = await plainFetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function clientOf(network: Network, { token }: Reader) {
  const session = { accessToken: token, refreshToken: '', accessExpiresAt: new Date(Date.now() + 3_600_000) };
  return createCiel({ url: network.program.url, store: memoryStore(session), fetch: plainFetch });
}

function roundRobin<Item>(items: Item[]): () => Item {
  let i = 0;
  return () => items[i++ % items.length]!;
}
