import { DrizzleQueryError } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listDead, replayDead } from '../../../server/infra/queue/dead.ts';
import { enqueueJob } from '../../../server/infra/queue/enqueueJob.ts';
import { createWake } from '../../../server/infra/queue/wake.ts';
import { jobs } from '../../../server/schema/jobs.ts';
import { createConsumers } from '../../support/consumers.ts';
import { openTable, receiveNow, type TestTable } from '../../support/queues.ts';

let table: TestTable;

beforeAll(async () => {
  table = await openTable();
});
beforeEach(async () => {
  await table.database.db.delete(jobs);
});
afterAll(() => table?.close());

const place = { queue: 'media' as const, kind: 'media.place', body: { mediaIds: ['a'] } };
const bodies = async () => (await receiveNow(table.queue)).map(({ body }) => body);

describe('a job written in a transaction', () => {
  it('is there once the transaction is committed, and not before', async () => {
    await table.database.db.transaction(async (transaction) => {
      await enqueueJob(transaction, place);
      expect(await bodies()).toEqual([]);
    });
    expect(await bodies()).toEqual([{ kind: 'media.place', mediaIds: ['a'] }]);
  });

  it('is gone with a transaction that fails', async () => {
    const failing = table.database.db.transaction(async (transaction) => {
      await enqueueJob(transaction, place);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await bodies()).toEqual([]);
  });

  it('waits for its time', async () => {
    await enqueueJob(table.database.db, { ...place, delayMs: 10_000 });
    expect(await bodies()).toEqual([]);
    expect(await table.queue.depth()).toEqual({ ready: 0, inFlight: 0, dead: 0 });
    await table.elapse(10_000);
    expect(await bodies()).toHaveLength(1);
  });

  it('belongs to one queue', async () => {
    await enqueueJob(table.database.db, { ...place, queue: 'effects' });
    expect(await bodies()).toEqual([]);
  });
});

it('a job that failed at a query says what the database said, without what people typed', async () => {
  await enqueueJob(table.database.db, place);
  const consumers = createConsumers();
  consumers.start(
    table.queue,
    async () => {
      const refused = new Error('duplicate key value violates unique constraint "x"');
      throw new DrizzleQueryError('insert into x values ($1)', ['canary'], refused);
    },
    { retry: { baseMs: 60_000, factor: 1, maxMs: 60_000 } },
  );
  await consumers.until(['retried']);
  await consumers.stop();
  expect(await table.database.db.select({ lastError: jobs.lastError }).from(jobs)).toEqual([
    { lastError: 'duplicate key value violates unique constraint "x"' },
  ]);
});

describe('a job with a key', () => {
  const keyed = { ...place, dedupKey: 'place:a' };

  it('is written once while it waits, and runs at the earlier of the times', async () => {
    await enqueueJob(table.database.db, { ...keyed, delayMs: 60_000 });
    await enqueueJob(table.database.db, keyed);
    await enqueueJob(table.database.db, { ...keyed, delayMs: 60_000 });
    expect(await bodies()).toHaveLength(1);
    await table.elapse(3_600_000);
    expect(await receiveNow(table.queue)).toMatchObject([{ receiveCount: 2 }]);
  });

  it('is written again once a worker has it, because that worker may have read the state before this write', async () => {
    await enqueueJob(table.database.db, keyed);
    const [inHand] = await receiveNow(table.queue);
    await enqueueJob(table.database.db, keyed);
    expect(await bodies()).toHaveLength(1);
    expect(await table.queue.release(inHand!, 0)).toBe(true);
  });

  it('is not taken by a worker while a transaction counts on it', async () => {
    await enqueueJob(table.database.db, keyed);
    await table.database.db.transaction(async (transaction) => {
      await enqueueJob(transaction, keyed);
      expect(await bodies()).toEqual([]);
    });
    expect(await bodies()).toHaveLength(1);
  });
});

describe('a dead job', () => {
  async function die() {
    await enqueueJob(table.database.db, { ...place, dedupKey: 'place:a' });
    for (let receives = 0; receives < 5; receives++) {
      const [delivery] = await receiveNow(table.queue);
      await table.queue.release(delivery!, 0, 'the store answers 500');
    }
    expect(await bodies()).toEqual([]);
  }

  it('is listed with its last error', async () => {
    await die();
    expect(await listDead(table.database.db, { limit: 10 })).toMatchObject([
      { kind: 'media.place', body: { mediaIds: ['a'] }, receiveCount: 5, lastError: 'the store answers 500' },
    ]);
  });

  it('does not block a new job with its key', async () => {
    await die();
    await enqueueJob(table.database.db, { ...place, dedupKey: 'place:a' });
    expect(await bodies()).toHaveLength(1);
  });

  it('has all its tries again when it is replayed', async () => {
    await die();
    const [dead] = await listDead(table.database.db, { limit: 10 });
    expect(await replayDead(table.database.db, [dead!.id + 1])).toBe(0);
    expect(await replayDead(table.database.db, [dead!.id])).toBe(1);
    expect(await receiveNow(table.queue)).toMatchObject([{ receiveCount: 1 }]);
    expect(await listDead(table.database.db, { limit: 10 })).toEqual([]);
  });

  it('can be replayed with all others', async () => {
    await die();
    await die();
    expect(await replayDead(table.database.db, 'all')).toBe(2);
    expect(await bodies()).toHaveLength(2);
  });
});

it('does not count a delivery that is only handed on', async () => {
  await enqueueJob(table.database.db, place);
  for (let times = 0; times < 7; times++) {
    const options = { max: 1, visibilityMs: 30_000, waitMs: 0, signal: new AbortController().signal };
    const [delivery] = await table.queue.receiveUncounted(options);
    expect(delivery?.receiveCount).toBe(0);
    await table.queue.release(delivery!, 0);
  }
});

it('refuses a message without a kind', async () => {
  await expect(table.queue.send([{ mediaId: 'a' }])).rejects.toThrow(TypeError);
});

describe('a wake', () => {
  const never = new AbortController().signal;

  it('ends the waits there are', async () => {
    const wake = createWake();
    const waits = [wake.wait(wake.count(), 2 ** 31 - 1, never), wake.wait(wake.count(), 2 ** 31 - 1, never)];
    wake.notify();
    await expect(Promise.all(waits)).resolves.toBeDefined();
  });

  it('is not missed by who was busy looking when it came', async () => {
    const wake = createWake();
    const seen = wake.count();
    wake.notify();
    await expect(wake.wait(seen, 2 ** 31 - 1, never)).resolves.toBeUndefined();
  });
});
