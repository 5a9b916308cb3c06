import type { Log } from '../log/log.ts';
import { type Backoff, backoffMs, pause } from './backoff.ts';
import { type Delivery, type Queue, SendFailed } from './queue.ts';
import type { TableQueue } from './table.ts';

const VISIBILITY_MS = 15_000;
const SEND_BACKOFF: Backoff = { baseMs: 200, factor: 2, maxMs: 5000 };

export interface RelayOptions {
  from: TableQueue;
  to: Queue;
  log: Log;
  /** Awaited before each batch is sent; when it throws, the batch is not sent. */
  beforeSend?: (batch: Delivery[]) => Promise<void>;
  /** Between attempts while the other queue is unavailable. */
  retry?: Backoff;
}

export interface Relay {
  /** Resolves when the current batch is finished. */
  stop(): Promise<void>;
}

/** Moves the jobs of the table to another queue: each at least once, and removed from the table only when it is stored there. */
export function startRelay({ from, to, log, beforeSend, retry = SEND_BACKOFF }: RelayOptions): Relay {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run() {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await moveBatch();
        if (failures > 0) log.info({ failures }, 'the relay moves jobs again');
        failures = 0;
      } catch (err) {
        failures++;
        log.warn({ err, failures }, 'the relay could not move jobs');
        await pause(backoffMs(failures, retry), signal);
      }
    }
  }

  async function moveBatch() {
    const batch = await from.receiveUncounted({
      max: 10,
      visibilityMs: VISIBILITY_MS,
      waitMs: 10_000,
      signal,
    });
    if (batch.length === 0) return;
    try {
      await beforeSend?.(batch);
      await to.send(batch.map(({ body }) => body));
    } catch (error) {
      await handleFailedSend(batch, error);
      throw error;
    }
    await from.ackAll(batch);
  }

  async function handleFailedSend(batch: Delivery[], error: unknown) {
    const failed = error instanceof SendFailed ? error : new SendFailed([...batch.keys()], []);
    const unsent = new Set(failed.unsent);
    const refused = new Set(failed.refused);
    await from.ackAll(batch.filter((_, index) => !unsent.has(index) && !refused.has(index)));
    for (const [index, delivery] of batch.entries()) {
      if (refused.has(index)) {
        log.error({ job: delivery.id }, 'the queue refused a job, which is dead now');
        await from.bury(delivery, 'The queue refused it');
      } else if (unsent.has(index)) {
        await from.release(delivery, 0);
      }
    }
  }

  const done = run();
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
