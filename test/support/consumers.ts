import { expect, vi } from 'vitest';
import { silentLog } from '../../server/infra/log/log.ts';
import {
  type Consumer,
  type ConsumerOptions,
  type Outcome,
  startConsumer,
} from '../../server/infra/queue/consumer.ts';
import type { Delivery, Queue } from '../../server/infra/queue/queue.ts';

export type TestConsumers = ReturnType<typeof createConsumers>;

/** Consumers that are stopped together, and what became of their deliveries. */
export function createConsumers() {
  const started: Consumer[] = [];
  const outcomes: Outcome[] = [];
  return {
    outcomes,
    start(queue: Queue, handle: ConsumerOptions['handle'], options: Partial<ConsumerOptions> = {}): Consumer {
      const consumer = startConsumer({
        queue,
        handle,
        concurrency: 4,
        visibilityMs: 30_000,
        log: silentLog,
        retry: { baseMs: 0, factor: 1, maxMs: 0 },
        onOutcome: (outcome) => outcomes.push(outcome),
        ...options,
      });
      started.push(consumer);
      return consumer;
    },
    /** Waits until these outcomes were seen, in any order, and no others. */
    until: (expected: Outcome[]) =>
      vi.waitFor(() => expect(outcomes.toSorted()).toEqual(expected.toSorted()), 20_000),
    stop: () => Promise.all(started.map((consumer) => consumer.stop())),
  };
}

export const count = (n: number) => ({ kind: 'count', n });
export const counts = (length: number) => Array.from({ length }, (_, n) => count(n));
export const numberOf = ({ body }: Delivery) => (body as { n: number }).n;

export const emptyDepth = { ready: 0, inFlight: 0, dead: 0 };
