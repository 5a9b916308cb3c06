import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import { binaryPath, ENVIRONMENT } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { startFailure } from './explainFailure.ts';

export interface Postmaster {
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

export interface PostmasterFile {
  pid: number;
  port: number;
  isReady: boolean;
}

const FAST_STOP_MS = 15_000;
const MAX_OUTPUT = 8_000;

export async function startPostmaster(cluster: Cluster, port: number, log: Log): Promise<Postmaster> {
  const { folder, privileges } = cluster;
  const [file, args, options] = privileges.command(
    binaryPath(privileges.binaries, 'postgres'),
    postmasterArguments(cluster, port),
  );
  const child = spawn(file, args, {
    ...options,
    cwd: folder,
    env: ENVIRONMENT,
    // In its own process group: Ctrl-C must reach only this process, so that the database stops last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output = collectOutput(child, log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  while (!isReady(folder, child.pid)) {
    if (hasExited) throw startFailure(folder, output());
    await sleep(10);
  }
  return { pid: child.pid!, exited, stop: () => stop(child, exited) };
}

export function postmasterArguments({ folder, privileges, fast }: Cluster, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '',
    // Without failed statements: they contain what users wrote.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    // Not read by the server: it identifies the server in the list of processes.
    'ciel.folder': folder,
    ...(fast ? FAST : {}),
  };
  return [
    '-D',
    privileges.nameOf(folder),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
};

function collectOutput(child: ChildProcess, log: Log): () => string {
  let output = '';
  let rest = '';
  child.on('error', (error) => {
    output += `error: ${error.message}`;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-MAX_OUTPUT);
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) report(line, log);
  });
  return () => output;
}

function report(line: string, log: Log): void {
  if (/^(FATAL|PANIC):/.test(line)) log.warn({ line }, 'postgres reports a failure');
  else log.debug({ line }, 'postgres output');
}

function isReady(folder: string, pid: number | undefined): boolean {
  const file = readPostmasterFile(folder);
  return file !== null && file.pid === pid && file.isReady;
}

/** The server's own pid file; null when it does not exist. */
export function readPostmasterFile(folder: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  // Fast shutdown: ends sessions, writes everything; SIGQUIT leaves the rest to recovery.
  child.kill('SIGINT');
  const forceStop = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
  await exited;
  clearTimeout(forceStop);
}
