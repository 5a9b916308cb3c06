import { summarizeError } from '../log/describeError.ts';
import type { Log } from '../log/log.ts';
import { type Backoff, backoffMs, pause } from './backoff.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import type { Delivery, Queue } from './queue.ts';

const LONG_POLL_MS = 10_000;
const RECEIVE_BACKOFF: Backoff = { baseMs: 200, factor: 2, maxMs: 5000 };
/** With five receives the last attempt is 8 to 17 minutes after the first: an outage of a few minutes costs no job. */
export const RETRY: Backoff = { baseMs: 1000, factor: 10, maxMs: 900_000 };

/** Thrown by a handler that has recorded the failure and wants no retry. */
export class PermanentFailure extends Error {
  override name = 'PermanentFailure';
}

/** Thrown by a handler for what is no job at all, or none of this queue: the message becomes dead at once. */
export class NotAJob extends Error {
  override name = 'NotAJob';
}

/**
 * `failed` for good; `retried` later; `unreadable` was no job of this queue and is dead at once; `overtaken` belongs to
 * another delivery by now; `handedBack` unfinished at stop; `unsettled` could not be reported and will be delivered again.
 */
export type Outcome = 'done' | 'failed' | 'retried' | 'unreadable' | 'overtaken' | 'handedBack' | 'unsettled';

export interface ConsumerOptions {
  queue: Queue;
  /** Deliveries handled at once. */
  concurrency: number;
  /** How long a delivery is hidden from other consumers without a heartbeat, ms. */
  visibilityMs: number;
  /** Must be idempotent. The signal aborts when the delivery is lost to another consumer or time is up. */
  handle(delivery: Delivery, signal: AbortSignal): Promise<void>;
  log: Log;
  onOutcome?: ((outcome: Outcome, delivery: Delivery, elapsedMs: number) => void) | undefined;
  retry?: Backoff;
  /** How long running handlers may take after stop() before they are aborted, ms. */
  stopMs?: number;
}

export interface Consumer {
  /** Takes no more jobs, waits for running ones and gives back the rest. */
  stop(): Promise<void>;
}

interface Running {
  delivery: Delivery;
  abort: AbortController;
}

export function startConsumer(options: ConsumerOptions): Consumer {
  const { queue, concurrency, visibilityMs, handle, log, onOutcome, retry = RETRY, stopMs = 8000 } = options;
  const stopping = new AbortController();
  const running = new Map<Promise<void>, Running>();

  async function consume() {
    for (let failures = 0; !stopping.signal.aborted; ) {
      if (running.size >= concurrency) {
        await Promise.race(running.keys());
        continue;
      }
      try {
        await receiveAndStart(concurrency - running.size);
        failures = 0;
      } catch (err) {
        failures++;
        log.warn({ err, failures }, 'could not receive jobs');
        await pause(backoffMs(failures, RECEIVE_BACKOFF), stopping.signal);
      }
    }
  }

  async function receiveAndStart(max: number) {
    const deliveries = await queue.receive({
      max,
      visibilityMs,
      waitMs: LONG_POLL_MS,
      signal: stopping.signal,
    });
    for (const delivery of deliveries) {
      if (stopping.signal.aborted) await queue.release(delivery, 0);
      else start(delivery);
    }
  }

  function start(delivery: Delivery) {
    const abort = new AbortController();
    const work = run(delivery, abort).finally(() => running.delete(work));
    running.set(work, { delivery, abort });
  }

  async function run(delivery: Delivery, abort: AbortController) {
    const startedAt = performance.now();
    const heartbeat = startHeartbeat({ queue, delivery, visibilityMs, log, onLost: () => abort.abort() });
    let outcome: Outcome;
    try {
      outcome = await attempt(delivery, abort.signal, heartbeat);
    } catch (err) {
      log.warn({ err, job: delivery.id }, 'the outcome of a job could not be reported to the queue');
      outcome = 'unsettled';
    } finally {
      await heartbeat.stop();
    }
    if (outcome === 'overtaken') log.warn({ job: delivery.id }, 'a job was taken over while being handled');
    onOutcome?.(outcome, delivery, performance.now() - startedAt);
  }

  async function attempt(delivery: Delivery, signal: AbortSignal, heartbeat: Heartbeat): Promise<Outcome> {
    let outcome: 'done' | 'failed' = 'done';
    try {
      if (delivery.body === undefined) throw new NotAJob('Not JSON');
      await handle(delivery, signal);
    } catch (err) {
      await heartbeat.stop();
      if (err instanceof NotAJob) {
        log.error({ job: delivery.id, reason: err.message }, 'a message is not a job, and is dead now');
        return (await queue.bury(delivery, err.message)) ? 'unreadable' : 'overtaken';
      }
      if (!(err instanceof PermanentFailure)) return releaseForRetry(delivery, err);
      log.info({ err, job: delivery.id }, 'a job failed for good');
      outcome = 'failed';
    }
    await heartbeat.stop();
    return (await queue.ack(delivery)) ? outcome : 'overtaken';
  }

  async function releaseForRetry(delivery: Delivery, err: unknown): Promise<Outcome> {
    const isStopped = stopping.signal.aborted;
    const delayMs = isStopped ? 0 : backoffMs(delivery.receiveCount, retry);
    const { receiveCount } = delivery;
    log.warn({ err, job: delivery.id, receiveCount, delayMs }, 'a job failed and will be retried');
    const isOurs = await queue.release(delivery, delayMs, summarizeError(err));
    if (!isOurs) return 'overtaken';
    return isStopped ? 'handedBack' : 'retried';
  }

  const consuming = consume();

  async function stop() {
    stopping.abort();
    await consuming;
    await within(stopMs, Promise.all(running.keys()));
    for (const { abort } of running.values()) abort.abort();
    await within(500, Promise.all(running.keys()));
    // Handlers that ignore the signal: their jobs go back to the queue, and their late acknowledgements are stale.
    await Promise.all(
      [...running.values()].map(({ delivery }) => queue.release(delivery, 0, 'Stopped').catch(() => {})),
    );
  }

  let stopped: Promise<void> | undefined;
  return { stop: () => (stopped ??= stop()) };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.finally(() => done.abort()), pause(ms, done.signal)]);
}
