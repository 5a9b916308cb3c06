import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** How long a child may take for a task, and how large it may become. */
export interface Limits {
  /** Time of all cores, ms. */
  cpuMs: number;
  /** Resident memory, bytes. */
  memory: number;
}

/** What the thread of the watchdog shares with the thread that does the work. */
export interface WatchdogState {
  /** 1 while there is a task, and a second value that never changes, to sleep on. */
  flags: Int32Array;
  /** Microseconds of CPU time and bytes that may not be exceeded. */
  limits: Float64Array;
  /** The process that started this one: read before its first task, when it is known to live. */
  parent: number;
}

const LOOK_EVERY_MS = 50;
/** Said on the way out, so that the parent knows why. */
export const LIMIT_REACHED = 'limit reached: ';

/**
 * A thread of its own, because the main thread may hang in the task and so can't report anything. Ends the process as hard as the
 * operating system can: a decoder in native code can't be interrupted otherwise.
 */
function watch({ flags, limits, parent }: WatchdogState): never {
  parentPort!.postMessage('watching');
  for (;;) {
    Atomics.wait(flags, 0, 0);
    const { user, system } = process.cpuUsage();
    if (user + system > limits[0]!) end('cpu');
    if (process.memoryUsage.rss() > limits[1]!) end('memory');
    if (process.ppid !== parent) end('parent');
    Atomics.wait(flags, 1, 0, LOOK_EVERY_MS);
  }
}

function end(limit: string): void {
  try {
    writeSync(2, `\n${LIMIT_REACHED}${limit}\n`);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

if (workerData?.isWatchdog) watch(workerData.state as WatchdogState);
