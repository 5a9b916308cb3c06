import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../../server/infra/log/log.ts';
import { NotAJob } from '../../../server/infra/queue/consumer.ts';
import type { Delivery } from '../../../server/infra/queue/queue.ts';
import {
  counts,
  createConsumers,
  emptyDepth,
  numberOf,
  type TestConsumers,
} from '../../support/consumers.ts';
import { openSqs, type TestSqs } from '../../support/queues.ts';
import { seededRandom } from '../../support/random.ts';

it('ten orders of deliveries have every effect once through duplicates, reordering and delay', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, seed) => expectEffectsOnce(seed)));
});

/** Jobs whose effect is guarded by what was written before, as those of the domains are. */
async function expectEffectsOnce(seed: number): Promise<void> {
  const { queue, double, name, close } = await openSqs(seededRandom(seed));
  Object.assign(double.faults, { duplicates: 0.3, isReordering: true, maxDelayMs: 100 });
  await queue.send(counts(30));
  const effects = new Map<number, number>();
  const handle = async (delivery: Delivery) => {
    const job = numberOf(delivery);
    if (effects.has(job)) return;
    if (delivery.receiveCount === 1 && job % 7 === 0) throw new Error('a transient fault');
    effects.set(job, (effects.get(job) ?? 0) + 1);
  };
  const both = createConsumers();
  both.start(queue, handle);
  both.start(queue, handle);
  await vi.waitFor(() => expect(double.bodies(name)).toEqual([]), 20_000);
  expect([...effects.values()]).toEqual(Array(30).fill(1));
  expect(both.outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThanOrEqual(30);
  await both.stop();
  await close();
}

describe('consumers of an SQS that misbehaves', () => {
  let sqs: TestSqs;
  let consumers: TestConsumers;

  beforeEach(() => {
    consumers = createConsumers();
  });
  afterEach(async () => {
    await consumers.stop();
    await sqs.close();
  });

  it('put aside at once what is not a job, as it was sent, and its neighbours are handled', async () => {
    sqs = await openSqs();
    const poison = ['{"kind": "media.pro', '', 'null', '[]', '7', '{"kind":"media.removeObjects","keys":[]}'];
    for (const body of poison) sqs.double.sendRaw(sqs.name, body);
    await sqs.queue.send(counts(20));
    const handled = new Set<number>();
    consumers.start(sqs.queue, async (delivery) => {
      if ((delivery.body as { kind?: string } | null)?.kind !== 'count') throw new NotAJob('not a count');
      handled.add(numberOf(delivery));
    });
    await vi.waitFor(
      async () => expect(await sqs.queue.depth()).toEqual({ ...emptyDepth, dead: poison.length }),
      20_000,
    );
    await vi.waitFor(() => expect(handled.size).toBe(20));
    await consumers.until([
      ...poison.map(() => 'unreadable' as const),
      ...counts(20).map(() => 'done' as const),
    ]);
    expect(sqs.double.bodies(`${sqs.name}-dead`).toSorted()).toEqual(poison.toSorted());
  });

  it('go on when the queue comes back', async () => {
    sqs = await openSqs();
    await sqs.queue.send(counts(5));
    sqs.double.faults.isDown = true;
    const failures: object[] = [];
    const log = { ...silentLog, warn: (fields: object) => void failures.push(fields) };
    consumers.start(sqs.queue, async () => {}, { log });
    await vi.waitFor(() => expect(failures.length).toBeGreaterThan(1), 20_000);
    sqs.double.faults.isDown = false;
    await consumers.until(Array(5).fill('done'));
  });
});
