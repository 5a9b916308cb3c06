import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import type { Postmaster } from './postmaster.ts';

interface Supervised {
  pid(): number;
  stop(): Promise<void>;
}

/** Keeps a server running: restarts one that ends unexpectedly, until stop() is called. */
export function supervise(first: Postmaster, start: () => Promise<Postmaster>, log: Log): Supervised {
  let current = first;
  let isStopping = false;
  // Leaves no orphan behind if Node exits without a call of stop().
  const endWithNode = () => void current.stop();
  process.once('exit', endWithNode);

  async function keepRunning() {
    for (;;) {
      await current.exited;
      if (isStopping) return;
      log.error({ postmaster: current.pid }, 'postgres ended unexpectedly and is being restarted');
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
