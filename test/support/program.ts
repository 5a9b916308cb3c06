import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const UP_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 30_000;

export interface Ending {
  /** Null when it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Process {
  pid: number;
  url: string;
  /** What it printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ending>;
}

export interface Program extends Process, AsyncDisposable {
  /** Resident memory, bytes. */
  memory(): number;
  /** By SIGTERM. */
  stop(): Promise<Ending>;
}

/** What `npm start` gives to Node; and it allows two arenas of memory. */
function nodeOptions(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return /\|\| node (.*) server\/main\.ts$/.exec(scripts.start)![1]!.split(' ');
}

/** Starts a script of ours, or of another checkout, as its own process, with these variables and no others. */
export async function launch(
  script: string,
  environment: Record<string, string>,
  args: string[] = [],
  root = ROOT,
): Promise<Process> {
  const address = environment.HTTP_ADDR ?? `127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [...nodeOptions(root), join(root, script), ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      // Reads no .env.
      NODE_ENV: 'test',
      MALLOC_ARENA_MAX: '2',
      HTTP_ADDR: address,
      DRAIN_SECONDS: '0.3',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that is cut short leaves nothing behind.
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  return {
    pid: child.pid!,
    url: `http://${address}`,
    output: () => printed.stdout,
    kill: (signal) => child.kill(signal),
    ended: once(child, 'close').then(() => ({ code: child.exitCode, ...printed })),
  };
}

/** Starts a script and waits until it responds and has printed the expected text. */
export async function startProgram(
  script: string,
  environment: Record<string, string>,
  awaited = '',
  root = ROOT,
): Promise<Program> {
  const process = await launch(script, environment, [], root);
  await up(process, awaited);
  const stop = () => stopped(process);
  return {
    ...process,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))![1]) * 1024,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

async function up({ url, output, ended }: Process, awaited: string): Promise<void> {
  let ending: Ending | undefined;
  void ended.then((value) => {
    ending = value;
  });
  for (const deadline = Date.now() + UP_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    if (ending) throw new Error(`the program ended with ${ending.code}: ${ending.stderr}`);
    const answers = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers && output().includes(awaited)) return;
  }
  throw new Error(`${url} never answered`);
}

async function stopped({ kill, ended }: Process): Promise<Ending> {
  kill('SIGTERM');
  const forceKill = setTimeout(() => kill('SIGKILL'), STOP_WITHIN_MS);
  return ended.finally(() => clearTimeout(forceKill));
}

/** Below the ports that the system gives out, and in a range for each process, so that nobody else takes it meanwhile. */
let nextPort = 10_000 + ((process.pid * 50) % 20_000);

export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
