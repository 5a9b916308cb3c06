import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { Postmaster } from './postmaster.ts';

interface Supervised {
  pid(): number;
  stop(): Promise<void>;
}

/** Keeps a server running: one that ends unasked is started again, until we are told to stop. */
export function supervise(first: Postmaster, start: () => Promise<Postmaster>, log: Log): Supervised {
  let current = first;
  let isStopping = false;
  // Should Node end without stopping us, this leaves no orphan behind.
  const endWithNode = () => void current.stop();
  process.once('exit', endWithNode);

  async function keepRunning() {
    for (;;) {
      await current.exited;
      if (isStopping) return;
      log.error({ postmaster: current.pid }, 'postgres ended unasked and is started again');
      await restart();
    }
  }

  async function restart() {
    while (!isStopping) {
      try {
        current = await start();
        if (isStopping) await current.stop();
        return;
      } catch (error) {
        log.error({ error }, 'postgres does not start');
        await sleep(250);
      }
    }
  }

  const ended = keepRunning();
  return {
    pid: () => current.pid,
    async stop() {
      isStopping = true;
      process.off('exit', endWithNode);
      await current.stop();
      await ended;
    },
  };
}
