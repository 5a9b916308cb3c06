import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { collectFrames, type Frame, partsOf } from './frames.ts';
import type { ReplyHead, TaskHead } from './serve.ts';
import { LIMIT_REACHED } from './watchdog.ts';

/** `cpu` and `memory`: its own limits; `stuck`: no result although time passed; `killed`: from outside; `crashed`: by itself. */
export type DeathCause = 'cpu' | 'memory' | 'stuck' | 'killed' | 'crashed';

/** The child ended in the middle of a task. */
export class ChildDied extends Error {
  override name = 'ChildDied';
  readonly death: DeathCause;
  constructor(death: DeathCause, detail: string) {
    super(`a child process ended during its task: ${death} (${detail})`);
    this.death = death;
  }
}

export interface ChildOptions {
  script: string;
  execArgv: string[];
  /** Bytes that the system allows a child beyond those at its start, where it can. */
  hardMemory: number;
  startMs: number;
}

export interface Child {
  pid: number;
  /** Tasks done, and bytes in use after the last. */
  tasks: number;
  memory: number;
  isAlive(): boolean;
  /** Runs one task; nothing else may run. */
  run(head: TaskHead, bytes: Buffer, timeoutMs: number, signal: AbortSignal): Promise<Frame>;
  kill(): Promise<void>;
}

const MAX_RESULT_BYTES = 512 * 1024 * 1024;
const STDERR_KEPT = 2000;

/** Linux ends a child before its parent when it has no memory left. */
const WRAPPER = 'echo 500 2>/dev/null >/proc/self/oom_score_adj; exec "$@"';

/** Resolves when the child is ready for its first task. */
export async function startChild({ script, execArgv, hardMemory, startMs }: ChildOptions): Promise<Child> {
  const command = [process.execPath, ...execArgv, script];
  const isWrapped = process.platform === 'linux' && existsSync('/bin/sh');
  const [file, ...args] = isWrapped ? ['/bin/sh', '-c', WRAPPER, 'sh', ...command] : command;
  // Nothing of the parent's environment: it holds secrets.
  const env = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' };
  const spawned = spawn(file!, args, { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const child = manage(spawned);
  await child.ready(startMs);
  if (isWrapped) await boundMemory(child.pid, hardMemory);
  return child;
}

/**
 * Lets the system refuse what the watchdog may be too late for. Only data counts, in addition to what Node has reserved: a limit on address
 * space would leave no room for that. Without `prlimit` (util-linux) the watchdog has to do.
 */
function boundMemory(pid: number, bytes: number): Promise<void> {
  const reserved = Number(/VmData:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  return new Promise((resolve) =>
    execFile('prlimit', ['--pid', String(pid), `--data=${reserved + bytes}`], { env: {} }, () => resolve()),
  );
}

interface Waiting {
  resolve(frame: Frame): void;
  reject(error: Error): void;
}

function manage(spawned: ChildProcess): Child & { ready(startMs: number): Promise<void> } {
  let waiting: Waiting | null = null;
  let killedAs: DeathCause | null = null;
  let stderr = '';
  let isAlive = true;
  const exited = new Promise<void>((resolve) => {
    const end = (detail: string) => {
      isAlive = false;
      waiting?.reject(new ChildDied(killedAs ?? causeOf(spawned, stderr), detail));
      waiting = null;
      resolve();
    };
    spawned.once('error', (error) => end(error.message));
    spawned.once('close', (code, signal) => end(`${signal ?? code}: ${stderr.trim().slice(-300)}`));
  });
  const collect = collectFrames(MAX_RESULT_BYTES, (frame) => {
    waiting?.resolve(frame);
    waiting = null;
  });
  spawned.stdout!.on('data', (chunk: Buffer) => {
    try {
      collect(chunk);
    } catch {
      spawned.kill('SIGKILL');
    }
  });
  spawned.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  // The end of the process tells more than a broken pipe.
  spawned.stdin!.on('error', () => {});
  spawned.stdout!.on('error', () => {});

  // A child at rest does not keep its parent alive.
  const hold = (isHeld: boolean) => {
    const streams = [spawned.stdin, spawned.stdout, spawned.stderr] as unknown as Socket[];
    for (const handle of [spawned, ...streams]) isHeld ? handle.ref() : handle.unref();
  };

  const next = () =>
    new Promise<Frame>((resolve, reject) => {
      if (!isAlive) reject(new ChildDied('killed', 'before its task'));
      waiting = { resolve, reject };
    });

  const kill = (cause: DeathCause) => {
    killedAs ??= cause;
    spawned.kill('SIGKILL');
  };

  async function within(frame: Promise<Frame>, timeoutMs: number): Promise<Frame> {
    const timer = setTimeout(() => kill('stuck'), timeoutMs);
    hold(true);
    return frame.finally(() => {
      clearTimeout(timer);
      hold(false);
    });
  }

  return {
    pid: spawned.pid ?? 0,
    tasks: 0,
    memory: 0,
    isAlive: () => isAlive,
    ready: async (startMs) => void (await within(next(), startMs)),
    async run(head, bytes, timeoutMs, signal) {
      signal.throwIfAborted();
      const abort = () => kill('killed');
      signal.addEventListener('abort', abort);
      try {
        const reply = next();
        for (const part of partsOf(head, [bytes])) spawned.stdin!.write(part);
        const frame = await within(reply, timeoutMs);
        const result = frame.head as ReplyHead;
        if ('error' in result) throw new Error(`a child process failed: ${result.error}`);
        this.tasks += 1;
        this.memory = 'memory' in result ? result.memory : 0;
        return { head: 'result' in result ? result.result : undefined, bytes: frame.bytes };
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    async kill() {
      if (isAlive) hold(true);
      kill('killed');
      await exited;
    },
  };
}

function causeOf({ signalCode }: ChildProcess, stderr: string): DeathCause {
  const limit = stderr.slice(stderr.lastIndexOf(LIMIT_REACHED) + LIMIT_REACHED.length).trim();
  if (stderr.includes(LIMIT_REACHED) && (limit === 'cpu' || limit === 'memory')) return limit;
  return signalCode === 'SIGKILL' || signalCode === 'SIGTERM' ? 'killed' : 'crashed';
}
