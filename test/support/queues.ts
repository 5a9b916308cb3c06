import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { connectDatabase } from '../../server/infra/db/connect.ts';
import type { Database } from '../../server/infra/db/db.ts';
import type { Delivery, Queue } from '../../server/infra/queue/queue.ts';
import { createSqsQueue, type SqsQueue } from '../../server/infra/queue/sqs.ts';
import { createTableQueue, type TableQueue } from '../../server/infra/queue/table.ts';
import { jobs } from '../../server/schema/jobs.ts';
import { type SqsDouble, startSqsDouble } from './doubles/sqs.ts';
import { createTestDatabase } from './postgres.ts';

export interface TestQueue<Q extends Queue = Queue> {
  queue: Q;
  /** Lets the time of the queue pass. */
  elapse(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface TestTable extends TestQueue<TableQueue> {
  database: Database;
  url: string;
}

export async function openTable(): Promise<TestTable> {
  const { url, drop } = await createTestDatabase();
  const database = connectTo(url);
  return {
    queue: createTableQueue({ db: database.db, queue: 'media' }),
    database,
    url,
    async elapse(ms) {
      await database.db.update(jobs).set({ visibleAt: sql`${jobs.visibleAt} - ${ms} * interval '1 ms'` });
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}

export const connectTo = (url: string): Database =>
  connectDatabase({
    url,
    maxConnections: 8,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 600,
    statementTimeoutSeconds: 30,
    applicationName: 'ciel test',
  });

export interface TestSqs extends TestQueue<SqsQueue> {
  double: SqsDouble;
  name: string;
}

export async function openSqs(random?: () => number): Promise<TestSqs> {
  const double = await startSqsDouble(random);
  const name = `media-${randomUUID()}`;
  const queue = connectSqsTo(double.endpoint, name);
  await queue.prepare();
  return {
    queue,
    double,
    name,
    elapse: async (ms) => double.advance(ms),
    async close() {
      await queue.close();
      await double.close();
    },
  };
}

export const connectSqsTo = (endpoint: string, queueName: string): SqsQueue =>
  createSqsQueue({
    endpoint,
    region: 'us-east-1',
    queueName,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

/** What is there now, without waiting. */
export const receiveNow = (queue: Queue, max = 10, visibilityMs = 30_000): Promise<Delivery[]> =>
  queue.receive({ max, visibilityMs, waitMs: 0, signal: new AbortController().signal });
