import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { findEvents, findReady, insertForFollowers } from '../../server/domains/events/queries.ts';
import { type Network, startNetwork, userIdOf } from './network.ts';
import { median } from './rounds.ts';
import { shapeOf } from './shape.ts';
import { sized } from './smoke.ts';
import { statementsBy } from './statements.ts';

/**
 * Many event streams of one process: what each costs of its memory, how long a post takes to those who hear of it with few streams
 * and with many, and what its statements read. Run: node test/bench/streams.ts
 */
const FEW = sized(20, 5);
const MANY = sized(500, 20);
const POSTS = sized(30, 1);
/** The first users have many followees; these have 40. */
const FIRST_READER = 201;

interface Stream {
  n: number;
  /** When each post was heard of. */
  heard: Map<string, number>;
}

const network = await startNetwork(sized(0.1, 0.03));
const gone = new AbortController();
const tokens = new Map<number, string>();
try {
  const streams: Stream[] = [];
  await open(streams, FEW);
  await post(streams.slice(0, 3));
  const before = await resident();
  const few = await post(streams);
  await open(streams, MANY);
  const after = await resident();
  const many = await post(streams);
  const kilobytes = (after - before) / 1024 / (MANY - FEW);
  console.log(`${kilobytes.toFixed(0)} kB of memory a stream (${FEW} to ${MANY} streams)`);
  for (const [name, quantile] of [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [low, high] = [quantileOf(few, quantile), quantileOf(many, quantile)];
    console.log(
      `delivery, ${name}: ${(high / low).toFixed(2)} times with ${MANY} streams what it is with ${FEW} (${low.toFixed(0)} and ${high.toFixed(0)} ms)`,
    );
  }
  await shapes(streams);
} finally {
  gone.abort();
  await network.close();
}

/** Waits until this many are open. */
async function open(streams: Stream[], count: number): Promise<void> {
  while (streams.length < count) {
    const more = Math.min(20, count - streams.length);
    const opened = await Promise.all(
      Array.from({ length: more }, (_, i) => openOne(network, FIRST_READER + streams.length + i)),
    );
    streams.push(...opened);
  }
}

async function openOne({ program, tokenOf }: Network, n: number): Promise<Stream> {
  const response = await fetch(`${program.url}/v1/feed/events`, {
    headers: { authorization: `Bearer ${await tokenOf(n)}` },
    signal: gone.signal,
  });
  if (!response.ok) throw new Error(`user ${n} got ${response.status}: ${await response.text()}`);
  const stream: Stream = { n, heard: new Map() };
  void listen(stream, response).catch(() => {});
  return stream;
}

async function listen({ heard }: Stream, response: Response): Promise<void> {
  for await (const text of response.body!.pipeThrough(new TextDecoderStream()))
    for (const [, postId] of text.matchAll(/"postId":"([^"]+)"/g)) heard.set(postId!, performance.now());
}

/** Some of them post one after another; the time from each response to each stream that receives the event, ms. */
async function post(streams: Stream[]): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < POSTS; i += 1) {
    const { n } = streams[(i * 7) % streams.length]!;
    const posted = performance.now();
    const id = await postAs(n);
    await pause(1_500);
    times.push(...streams.flatMap(({ heard }) => (heard.has(id) ? [heard.get(id)! - posted] : [])));
  }
  return times;
}

async function postAs(n: number): Promise<string> {
  tokens.set(n, tokens.get(n) ?? (await network.tokenOf(n)));
  const [medium] = await network.database.sql<{ id: string }[]>`
    select id from media where owner_id = ${userIdOf(n)} limit 1`;
  const response = await fetch(`${network.program.url}/v1/posts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.get(n)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ mediaIds: [medium!.id], visibility: 'public' }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

/** After a pause: what opening them left behind has been collected. */
async function resident(): Promise<number> {
  await pause(sized(10_000, 100));
  return network.program.memory();
}

/** Cost of the poll for all streams, of the read of one, and of the event for a post. */
async function shapes(streams: Stream[]): Promise<void> {
  const { sql } = network.database;
  const position = { xid: 1n, id: 0n };
  const asked = streams.map(({ n }, key) => ({ key, userId: userIdOf(n), position }));
  const authorId = userIdOf(FIRST_READER);
  const work = {
    'look for all': (db: Parameters<typeof findReady>[0]) => findReady(db, asked),
    'read of one': (db: Parameters<typeof findReady>[0]) => findEvents(db, authorId, position),
    'tell a post': (db: Parameters<typeof findReady>[0]) =>
      insertForFollowers(db, { id: randomUUID(), authorId }),
  };
  for (const [name, send] of Object.entries(work)) {
    const { most, faults, reads } = await shapeOf(sql, await statementsBy(sql, send));
    const much = faults.length ? `READS MUCH: ${faults.join(' | ')}; ` : '';
    console.log(`${name.padEnd(12)}  ${much}up to ${most} rows in a step, by ${reads.join(', ')}`);
  }
}

function quantileOf(values: number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return quantile === 0.5 ? median(values) : sorted[Math.floor(sorted.length * quantile)]!;
}
