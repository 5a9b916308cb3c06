import type { Log } from '../log/log.ts';
import { pause } from './backoff.ts';
import type { Delivery, Queue } from './queue.ts';

interface HeartbeatOptions {
  queue: Queue;
  delivery: Delivery;
  visibilityMs: number;
  log: Log;
  /** The message belongs to another delivery now. */
  onLost(): void;
}

export interface Heartbeat {
  /** Resolves when no extension is under way, so that none can land after an acknowledgement or a release. */
  stop(): Promise<void>;
}

/** Keeps a delivery hidden from other consumers while it is worked on. */
export function startHeartbeat({ queue, delivery, visibilityMs, log, onLost }: HeartbeatOptions): Heartbeat {
  const stopping = new AbortController();

  async function beat() {
    let waitMs = visibilityMs / 2;
    while (true) {
      await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        if (!(await queue.extend(delivery, visibilityMs))) return onLost();
        waitMs = visibilityMs / 2;
      } catch (err) {
        log.warn({ err, job: delivery.id }, 'could not keep a job hidden');
        waitMs = visibilityMs / 10;
      }
    }
  }

  const beating = beat();
  return {
    async stop() {
      stopping.abort();
      await beating;
    },
  };
}
