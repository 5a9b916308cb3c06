import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { jobs } from '../../schema/jobs.ts';
import type { Db } from '../db/db.ts';
import { enqueueJob, fromNow, type Job } from './enqueueJob.ts';
import { type Delivery, MAX_RECEIVES, type Queue, type ReceiveOptions } from './queue.ts';
import { createWake, type Wake } from './wake.ts';

const POLL_MS = 250;
const MAX_INTEGER = 2 ** 31 - 1;

export interface TableQueueOptions {
  db: Db;
  queue: Job['queue'];
  /** Deliveries without an acknowledgement after which a job is dead; Infinity for never. */
  maxReceives?: number;
  /** Notified after each commit in this process that enqueues a job. */
  wake?: Wake;
}

export interface TableQueue extends Queue {
  /** Like receive, but for jobs that are passed on instead of run: it does not count as an attempt. */
  receiveUncounted(options: ReceiveOptions): Promise<Delivery[]>;
  /** How long the oldest job that is due has waited for a worker; 0 when none waits. */
  waitedSeconds(): Promise<number>;
  /** Acknowledges many at once; returns how many receipts were not stale. */
  ackAll(deliveries: Delivery[]): Promise<number>;
}

/** A queue in the table `jobs`. The database's clock decides what is visible. */
export function createTableQueue({
  db,
  queue,
  maxReceives = MAX_RECEIVES,
  wake = createWake(),
}: TableQueueOptions): TableQueue {
  const ofQueue = eq(jobs.queue, queue);
  const waiting = and(ofQueue, isNull(jobs.deadAt));

  async function take(max: number, visibilityMs: number, counts: boolean) {
    const exhausted = counts
      ? sql`${jobs.receiveCount} >= ${Math.min(maxReceives, MAX_INTEGER)}`
      : sql`false`;
    const due = db.$with('due').as(
      db
        .select({ id: jobs.id })
        .from(jobs)
        .where(and(waiting, lte(jobs.visibleAt, sql`now()`)))
        .orderBy(jobs.visibleAt, jobs.id)
        .limit(max)
        .for('update', { skipLocked: true }),
    );
    return db
      .with(due)
      .update(jobs)
      .set({
        receiveCount: sql`${jobs.receiveCount} + case when ${exhausted} then 0 else ${counts ? 1 : 0}::integer end`,
        receipt: sql`case when ${exhausted} then null else gen_random_uuid() end`,
        deadAt: sql`case when ${exhausted} then now() end`,
        lastError: sql`case when ${exhausted} then coalesce(${jobs.lastError}, 'No worker came back with it') else ${jobs.lastError} end`,
        visibleAt: fromNow(visibilityMs),
        dedupKey: null,
      })
      .from(due)
      .where(eq(jobs.id, due.id))
      .returning({
        id: jobs.id,
        kind: jobs.kind,
        body: jobs.body,
        receipt: jobs.receipt,
        receiveCount: jobs.receiveCount,
      });
  }

  async function poll(
    { max, visibilityMs, waitMs, signal }: ReceiveOptions,
    counts: boolean,
  ): Promise<Delivery[]> {
    const deadline = performance.now() + waitMs;
    while (!signal.aborted) {
      const seen = wake.count();
      const taken = await take(max, visibilityMs, counts);
      const deliveries = taken.flatMap(({ id, receipt, kind, body, receiveCount }) =>
        receipt ? [{ id: String(id), receipt, body: { ...body, kind }, receiveCount }] : [],
      );
      if (deliveries.length > 0) return deliveries;
      const left = deadline - performance.now();
      if (left <= 0) break;
      if (taken.length === 0) await wake.wait(seen, Math.min(POLL_MS, left), signal);
    }
    return [];
  }

  const held = ({ id, receipt }: Delivery) => and(eq(jobs.id, Number(id)), eq(jobs.receipt, receipt));

  async function change(delivery: Delivery, values: PgUpdateSetSource<typeof jobs>) {
    const rows = await db.update(jobs).set(values).where(held(delivery)).returning({ id: jobs.id });
    return rows.length > 0;
  }

  async function ackAll(deliveries: Delivery[]): Promise<number> {
    if (deliveries.length === 0) return 0;
    const rows = await db
      .delete(jobs)
      .where(or(...deliveries.map(held)))
      .returning({ id: jobs.id });
    return rows.length;
  }

  return {
    async send(bodies) {
      const messages = bodies.map(requireMessage);
      await db.transaction(async (transaction) => {
        for (const { kind, ...body } of messages) await enqueueJob(transaction, { queue, kind, body });
      });
      wake.notify();
    },
    receive: (options) => poll(options, true),
    receiveUncounted: (options) => poll(options, false),
    ack: async (delivery) => (await ackAll([delivery])) > 0,
    ackAll,
    extend: (delivery, visibilityMs) => change(delivery, { visibleAt: fromNow(visibilityMs) }),
    async release(delivery, delayMs, error) {
      const lastError = error === undefined ? {} : { lastError: error.slice(0, 1000) };
      const isOurs = await change(delivery, { visibleAt: fromNow(delayMs), receipt: null, ...lastError });
      if (isOurs && delayMs === 0) wake.notify();
      return isOurs;
    },
    bury: (delivery, error) =>
      change(delivery, { deadAt: sql`now()`, receipt: null, lastError: error.slice(0, 1000) }),
    async depth() {
      const [ready, inFlight, dead] = await Promise.all([
        db.$count(jobs, and(waiting, lte(jobs.visibleAt, sql`now()`))),
        db.$count(jobs, and(waiting, isNotNull(jobs.receipt), sql`${jobs.visibleAt} > now()`)),
        db.$count(jobs, and(ofQueue, isNotNull(jobs.deadAt))),
      ]);
      return { ready, inFlight, dead };
    },
    async waitedSeconds() {
      const [row] = await db
        .select({ seconds: sql<number>`extract(epoch from now() - min(${jobs.visibleAt}))::float8` })
        .from(jobs)
        .where(and(waiting, lte(jobs.visibleAt, sql`now()`)));
      return row?.seconds ?? 0;
    },
    async ping() {
      await db.execute(sql`select 1`);
    },
    async close() {},
  };
}

function requireMessage(body: unknown): { kind: string } & Record<string, unknown> {
  const { kind } = (body ?? {}) as { kind?: unknown };
  if (typeof kind !== 'string') throw new TypeError('A message must be an object with a kind');
  return body as { kind: string };
}
