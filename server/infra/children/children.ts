import type { Log } from '../log/log.ts';
import { createAdmission } from './admission.ts';
import { type Child, ChildDied, type ChildOptions, startChild } from './child.ts';
import type { Frame } from './frames.ts';
import type { Limits } from './watchdog.ts';

/** Child processes for work that runs native code on bytes of strangers: without secrets, bounded, and ended for real. */
export interface Children {
  /**
   * Runs a task in a child. Throws ChildDied when that ends in the middle of it; any other error is no fault of the task. The signal
   * ends the task.
   */
  run(task: Task, options: RunOptions): Promise<Frame>;
  /** Starts a child ahead of its first task; throws when none can be started. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

export interface Task {
  head: unknown;
  bytes: Buffer;
  /** Bytes that it is expected to take. */
  memory: number;
}

export interface RunOptions {
  /** In a new process, and while no other task runs. */
  alone: boolean;
  signal: AbortSignal;
  /** Waits for all other tasks, and is ended with GaveWay when one of them needs the room. */
  yields?: boolean;
}

export class GaveWay extends Error {
  override name = 'GaveWay';
}

export interface ChildrenOptions extends ChildOptions {
  /** Bytes that all tasks together are expected to take at most. */
  budget: number;
  atOnce: number;
  limits: Limits;
  /** No result after this time means nothing about the task: the machine may be busy. */
  timeoutMs: number;
  /** A child is replaced after this many tasks, or when it is larger than this between two of them. */
  maxTasks: number;
  maxIdleMemory: number;
  /** Children without a task end after this time. */
  idleMs: number;
  log: Log;
}

export function createChildren(options: ChildrenOptions): Children {
  const { budget, atOnce, limits, timeoutMs, maxTasks, maxIdleMemory, idleMs, log } = options;
  const admission = createAdmission({ budget, atOnce });
  const closing = new AbortController();
  const all = new Set<Child>();
  const idle: Child[] = [];
  let idleTimer: NodeJS.Timeout | undefined;

  async function start(): Promise<Child> {
    const child = await startChild(options).catch((error: unknown) => {
      throw new Error('a child process does not start', { cause: error });
    });
    all.add(child);
    if (closing.signal.aborted) await end(child);
    return child;
  }

  async function end(child: Child): Promise<void> {
    await child.kill();
    all.delete(child);
  }

  async function take(isNew: boolean): Promise<Child> {
    if (isNew) await endIdle();
    for (let child = idle.pop(); child; child = idle.pop()) {
      if (child.isAlive()) return child;
      all.delete(child);
    }
    return start();
  }

  async function giveBack(child: Child): Promise<void> {
    const isWorn = child.tasks >= maxTasks || child.memory > maxIdleMemory;
    if (isWorn || !child.isAlive() || closing.signal.aborted) return end(child);
    idle.push(child);
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => void endIdle(), idleMs).unref();
  }

  const endIdle = async () => void (await Promise.all(idle.splice(0).map(end)));

  return {
    async run({ head, bytes, memory }, { alone, signal, yields = false }) {
      const yielding = new AbortController();
      const either = AbortSignal.any([signal, closing.signal, yielding.signal]);
      const giveWay = yields ? () => yielding.abort(new GaveWay('other work needs the room')) : undefined;
      const leave = await admission.enter(memory, { alone, signal: either, giveWay });
      try {
        // What takes all of the budget has no room for children that do nothing.
        const child = await take(alone || memory > budget);
        try {
          return await child.run({ task: head, limits }, bytes, timeoutMs, either);
        } catch (error) {
          if (error instanceof ChildDied) log.warn({ err: error, alone }, 'a decoder process ended early');
          await child.kill();
          throw error;
        } finally {
          await giveBack(child);
        }
      } finally {
        leave();
      }
    },
    async prepare() {
      await giveBack(await start());
    },
    async close() {
      closing.abort(new Error('stopping'));
      clearTimeout(idleTimer);
      await Promise.all([...all].map(end));
    },
  };
}
