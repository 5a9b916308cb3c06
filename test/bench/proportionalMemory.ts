import { setTimeout as sleep } from 'node:timers/promises';
import { decodersOf, readOf } from '../support/decoderPids.ts';

const LOOK_EVERY_MS = 20;

/** The most that a program and its decoders took during the work, bytes. What processes share is divided among them (PSS). */
export async function peakOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  let isDone = false;
  const look = async () => {
    while (!isDone) {
      peak = Math.max(
        peak,
        [pid, ...decodersOf(pid)].reduce((sum, each) => sum + shareOf(each), 0),
      );
      await sleep(LOOK_EVERY_MS);
    }
  };
  const looking = look();
  await work().finally(() => {
    isDone = true;
  });
  await looking;
  return peak;
}

const shareOf = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(readOf(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024;
