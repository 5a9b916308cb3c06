import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import { collectFrames, type Frame, partsOf } from './frames.ts';
import type { Limits, WatchdogState } from './watchdog.ts';

export interface Reply {
  head: unknown;
  bytes: Buffer[];
}

/** The first frame of a child says that it is ready; the others answer one task each. */
export type ReplyHead = { ready: true } | { result: unknown; memory: number } | { error: string };

export interface TaskHead {
  task: unknown;
  limits: Limits;
}

const MAX_TASK_BYTES = 256 * 1024 * 1024;

/** The main loop of a child process: tasks come in on stdin, one at a time, and results go out on stdout. Ends with the parent. */
export function serve(work: (task: unknown, bytes: Buffer) => Promise<Reply>): void {
  const state: WatchdogState = {
    flags: new Int32Array(new SharedArrayBuffer(8)),
    limits: new Float64Array(new SharedArrayBuffer(16)),
    parent: process.ppid,
  };
  // Ctrl-C reaches all processes of a terminal: the parent decides when to end this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.stdin.on(
    'data',
    collectFrames(MAX_TASK_BYTES, (frame) => void answer(work, frame, state)),
  );
  process.stdin.on('end', end);
  process.stdout.on('error', end);
  // A task that hangs before the watchdog runs would hang for ever.
  startWatchdog(state, () => {
    send({ ready: true }, []);
    flushCompileCache();
  });
}

function startWatchdog(state: WatchdogState, whenWatching: () => void): void {
  const watchdog = new Worker(new URL('./watchdog.ts', import.meta.url), {
    workerData: { isWatchdog: true, state },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  // Without it nothing bounds the decoder.
  watchdog.on('error', end);
  watchdog.once('message', () => {
    watchdog.unref();
    whenWatching();
  });
}

async function answer(
  work: (task: unknown, bytes: Buffer) => Promise<Reply>,
  { head, bytes }: Frame,
  { flags, limits }: WatchdogState,
): Promise<void> {
  const { task, limits: allowed } = head as TaskHead;
  const { user, system } = process.cpuUsage();
  limits[0] = user + system + allowed.cpuMs * 1000;
  limits[1] = allowed.memory;
  Atomics.store(flags, 0, 1);
  Atomics.notify(flags, 0);
  try {
    const reply = await work(task, bytes);
    send({ result: reply.head, memory: process.memoryUsage.rss() }, reply.bytes);
  } catch (error) {
    send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []);
  } finally {
    Atomics.store(flags, 0, 0);
  }
}

function send(head: ReplyHead, bytes: Buffer[]): void {
  for (const part of partsOf(head, bytes)) process.stdout.write(part);
}

/** At once, whatever a native thread is doing. */
const end = () => process.kill(process.pid, 'SIGKILL');
