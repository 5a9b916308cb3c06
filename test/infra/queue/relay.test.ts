import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../../../server/infra/log/log.ts';
import { enqueueJob } from '../../../server/infra/queue/enqueueJob.ts';
import { type Relay, startRelay } from '../../../server/infra/queue/relay.ts';
import { createTableQueue } from '../../../server/infra/queue/table.ts';
import { jobs } from '../../../server/schema/jobs.ts';
import { connectTo, openSqs, openTable, type TestSqs, type TestTable } from '../../support/queues.ts';
import { seededRandom } from '../../support/random.ts';

let table: TestTable;
let sqs: TestSqs;
let relays: Relay[];

beforeAll(async () => {
  table = await openTable();
});
beforeEach(async () => {
  await table.database.db.delete(jobs);
  sqs = await openSqs(seededRandom(7));
  relays = [];
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await sqs.close();
});
afterAll(() => table?.close());

const retry = { baseMs: 10, factor: 1, maxMs: 10 };
const start = (from = table.queue) => relays.push(startRelay({ from, to: sqs.queue, log: silentLog, retry }));
const write = async (from: number, to: number) => {
  for (let n = from; n < to; n++) {
    await enqueueJob(table.database.db, { queue: 'media', kind: 'count', body: { n } });
  }
};
const arrived = () => sqs.double.bodies(sqs.name).map((body) => (JSON.parse(body) as { n: number }).n);
const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
const firstNumbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const left = () => table.database.db.$count(jobs);
const untilTableIsEmpty = () => vi.waitFor(async () => expect(await left()).toBe(0), 20_000);

it('moves each job to the other queue, once when nothing goes wrong', async () => {
  start();
  await write(0, 25);
  await untilTableIsEmpty();
  expect(sorted(arrived())).toEqual(firstNumbers(25));
  expect(JSON.parse(sqs.double.bodies(sqs.name)[0]!)).toEqual({ kind: 'count', n: 0 });
});

it('moves a delayed job when its time has come', async () => {
  start();
  await enqueueJob(table.database.db, { queue: 'media', kind: 'count', body: { n: 0 }, delayMs: 3_600_000 });
  await write(1, 2);
  await vi.waitFor(() => expect(arrived()).toEqual([1]), 20_000);
  await table.elapse(3_600_000);
  await untilTableIsEmpty();
  expect(sorted(arrived())).toEqual([0, 1]);
});

it('loses nothing and lets no job die while the queue is unavailable, however often it tries', async () => {
  sqs.double.faults.isDown = true;
  const failures: unknown[] = [];
  const log = { ...silentLog, warn: (fields: object) => void failures.push(fields) };
  relays.push(startRelay({ from: table.queue, to: sqs.queue, log, retry }));
  await write(0, 5);
  await vi.waitFor(() => expect(failures.length).toBeGreaterThan(7), 25_000);
  expect(arrived()).toEqual([]);
  expect(await left()).toBe(5);
  sqs.double.faults.isDown = false;
  await untilTableIsEmpty();
  expect(sorted(new Set(arrived()))).toEqual(firstNumbers(5));
});

it('delivers every job despite refused entries and lost responses', async () => {
  Object.assign(sqs.double.faults, { failedEntries: 0.3, lostReplies: 0.3 });
  start();
  start();
  await write(0, 60);
  await untilTableIsEmpty();
  expect(sorted(new Set(arrived()))).toEqual(firstNumbers(60));
});

it('delivers again what a relay sent and did not live to take off the table', async () => {
  await write(0, 10);
  const doomed = connectTo(table.url);
  sqs.double.faults.beforeReply = () => doomed.close();
  start(createTableQueue({ db: doomed.db, queue: 'media' }));
  await vi.waitFor(() => expect(arrived()).toHaveLength(10), 20_000);
  await relays.pop()!.stop();
  expect(await left()).toBe(10);
  sqs.double.faults.beforeReply = null;
  await table.elapse(60_000);
  start();
  await untilTableIsEmpty();
  expect(sorted(arrived())).toEqual(sorted([...firstNumbers(10), ...firstNumbers(10)]));
});

it('delivers every job, though the connections of relays are cut two hundred times', async () => {
  const operator = connectTo(table.url);
  const databases = Array.from({ length: 5 }, () => connectTo(table.url));
  for (const { db } of databases) start(createTableQueue({ db, queue: 'media' }));
  Object.assign(sqs.double.faults, { failedEntries: 0.3, lostReplies: 0.3 });
  let written = 0;
  for (let cuts = 0; cuts < 200; written++) {
    await enqueueJob(operator.db, { queue: 'media', kind: 'count', body: { n: written } });
    const cut = await operator.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like '%jobs%'`;
    cuts += cut.length;
  }
  await operator.close();
  await vi.waitFor(async () => {
    await table.elapse(60_000);
    expect(await left()).toBe(0);
  }, 20_000);
  expect(sorted(new Set(arrived()))).toEqual(firstNumbers(written));
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await Promise.all(databases.map((database) => database.close()));
});

it('puts aside what the queue will never take, and moves its neighbours', async () => {
  await write(0, 1);
  await enqueueJob(table.database.db, { queue: 'media', kind: 'odd', body: { text: '\uffff' } });
  await write(1, 2);
  start();
  await vi.waitFor(
    async () => expect(await table.queue.depth()).toEqual({ ready: 0, inFlight: 0, dead: 1 }),
    20_000,
  );
  expect(sorted(arrived())).toEqual([0, 1]);
});

it('finishes the batch in hand when it is stopped', async () => {
  await write(0, 10);
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  sqs.double.faults.beforeReply = () => held;
  start();
  await vi.waitFor(() => expect(arrived()).toHaveLength(10), 20_000);
  const stopped = relays.pop()!.stop();
  answer();
  await stopped;
  expect(await left()).toBe(0);
});
