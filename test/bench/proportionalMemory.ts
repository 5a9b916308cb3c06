import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

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

function decodersOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => read(each, 'stat').split(') ')[1]?.split(' ')[1] === String(pid))
    .filter((each) => read(each, 'cmdline').includes('decoderProcess'));
}

const shareOf = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024;

/** Nothing of a process that has just ended. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
