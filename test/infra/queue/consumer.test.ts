import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotAJob, PermanentFailure, RETRY } from '../../../server/infra/queue/consumer.ts';
import { listDead, replayDead } from '../../../server/infra/queue/dead.ts';
import { jobs } from '../../../server/schema/jobs.ts';
import {
  count,
  counts,
  createConsumers,
  emptyDepth,
  numberOf,
  type TestConsumers,
} from '../../support/consumers.ts';
import { openTable, receiveNow, type TestTable } from '../../support/queues.ts';

let table: TestTable;
let consumers: TestConsumers;

beforeAll(async () => {
  table = await openTable();
});
beforeEach(async () => {
  await table.database.db.delete(jobs);
  consumers = createConsumers();
});
afterEach(() => consumers.stop());
afterAll(() => table?.close());

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

describe('a consumer', () => {
  it('handles each job once when nothing goes wrong, and no more at once than it may', async () => {
    await table.queue.send(counts(40));
    const handled: number[] = [];
    let atOnce = 0;
    let most = 0;
    consumers.start(table.queue, async (delivery) => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      handled.push(numberOf(delivery));
      atOnce--;
    });
    await consumers.until(Array(40).fill('done'));
    expect(handled.toSorted((a, b) => a - b)).toEqual(counts(40).map(({ n }) => n));
    expect(most).toBeLessThanOrEqual(4);
    expect(await table.queue.depth()).toEqual(emptyDepth);
  });

  it('tries again what failed', async () => {
    await table.queue.send([count(1)]);
    consumers.start(table.queue, async ({ receiveCount }) => {
      if (receiveCount < 3) throw new Error(`try ${receiveCount} failed`);
    });
    await consumers.until(['retried', 'retried', 'done']);
    expect(await table.queue.depth()).toEqual(emptyDepth);
  });

  it('waits longer with every try', async () => {
    await table.queue.send([count(1)]);
    const retry = { baseMs: 10_000, factor: 4, maxMs: 900_000 };
    consumers.start(table.queue, () => Promise.reject(new Error('the store is away')), { retry });
    await consumers.until(['retried']);
    await table.elapse(10_000);
    await consumers.until(['retried', 'retried']);
    await table.elapse(10_000);
    expect(await table.queue.depth()).toEqual(emptyDepth);
    await table.elapse(30_000);
    await consumers.until(['retried', 'retried', 'retried']);
  });

  it('has an attempt left after a dependency was unavailable for some minutes', async () => {
    await table.queue.send([count(1)]);
    consumers.start(table.queue, () => Promise.reject(new Error('the store is away')), { retry: RETRY });
    // Time passes only between the attempts: during one, it would end the lease.
    for (const tries of [1, 2, 3, 4]) {
      await consumers.until(Array.from({ length: tries }, () => 'retried'));
      await table.elapse(tries === 4 ? 400_000 : 900_000);
    }
    expect(await table.queue.depth()).toEqual(emptyDepth);
  });

  it('takes off what failed for good', async () => {
    await table.queue.send([count(1)]);
    consumers.start(table.queue, () => Promise.reject(new PermanentFailure('not a picture')));
    await consumers.until(['failed']);
    expect(await table.queue.depth()).toEqual(emptyDepth);
  });

  it('puts aside at once what is no job of its queue', async () => {
    await table.queue.send([count(1)]);
    consumers.start(table.queue, () => Promise.reject(new NotAJob('not a photograph')));
    await consumers.until(['unreadable']);
    expect(await table.queue.depth()).toEqual({ ...emptyDepth, dead: 1 });
    const [dead] = await listDead(table.database.db, { limit: 10 });
    expect(dead).toMatchObject({
      kind: 'count',
      body: { n: 1 },
      receiveCount: 1,
      lastError: 'not a photograph',
    });
    expect(await replayDead(table.database.db, 'all')).toBe(1);
    await consumers.until(['unreadable', 'unreadable']);
  });

  it('keeps a job for as long as it works on it', async () => {
    await table.queue.send([count(1)]);
    let handled = 0;
    const slowly = async () => {
      handled++;
      await new Promise((resolve) => setTimeout(resolve, 3200));
    };
    consumers.start(table.queue, slowly, { visibilityMs: 1000 });
    consumers.start(table.queue, slowly, { visibilityMs: 1000 });
    await consumers.until(['done']);
    expect(handled).toBe(1);
  });

  it('tells the handler when its job was taken over', async () => {
    await table.queue.send([count(1)]);
    const started = gate();
    consumers.start(
      table.queue,
      (_delivery, signal) => {
        started.open();
        return untilAborted(signal);
      },
      { visibilityMs: 1000, concurrency: 1 },
    );
    await started.opened;
    await table.elapse(10_000);
    expect(await receiveNow(table.queue)).toHaveLength(1);
    await consumers.until(['overtaken']);
    expect(await table.queue.depth()).toEqual({ ready: 0, inFlight: 1, dead: 0 });
  });
});

describe('a consumer that is stopped', () => {
  it('finishes what it works on', async () => {
    await table.queue.send([count(1)]);
    const [started, finishing] = [gate(), gate()];
    const consumer = consumers.start(table.queue, () => {
      started.open();
      return finishing.opened;
    });
    await started.opened;
    const stopped = consumer.stop();
    finishing.open();
    await stopped;
    expect(consumers.outcomes).toEqual(['done']);
    expect(await table.queue.depth()).toEqual(emptyDepth);
  });

  it('aborts what takes too long and gives it back', async () => {
    await table.queue.send([count(1)]);
    const started = gate();
    const consumer = consumers.start(
      table.queue,
      (_delivery, signal) => {
        started.open();
        return untilAborted(signal);
      },
      { stopMs: 10 },
    );
    await started.opened;
    await consumer.stop();
    expect(consumers.outcomes).toEqual(['handedBack']);
    expect(await table.queue.depth()).toEqual({ ...emptyDepth, ready: 1 });
  });

  it('gives back even what a deaf handler holds, and lets it change nothing', async () => {
    await table.queue.send([count(1)]);
    const [started, finishing] = [gate(), gate()];
    const consumer = consumers.start(
      table.queue,
      () => {
        started.open();
        return finishing.opened;
      },
      { stopMs: 10 },
    );
    await started.opened;
    await consumer.stop();
    expect(await table.queue.depth()).toEqual({ ...emptyDepth, ready: 1 });
    finishing.open();
    await consumers.until(['overtaken']);
    expect(await table.queue.depth()).toEqual({ ...emptyDepth, ready: 1 });
  });

  it('gives back what it had only just received', async () => {
    await table.queue.send(counts(3));
    let handled = 0;
    await consumers.start(table.queue, async () => void handled++).stop();
    expect(handled).toBe(0);
    expect(await table.queue.depth()).toEqual({ ...emptyDepth, ready: 3 });
  });
});
