import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../startupError.ts';
import { readPostmasterFile } from './postmaster.ts';

const FAST_STOP_MS = 15_000;
const GIVE_UP_MS = 20_000;

/**
 * Stops the PostgreSQL server that a killed process has left running on the folder, without loss of data. Only the owner of the data
 * folder may call this: to others, an orphan looks like a server in use.
 */
export async function stopLeftover(folder: string): Promise<void> {
  const file = readPostmasterFile(folder);
  if (!file) return;
  if (isRunning(folder, file.pid)) await end(folder, file.pid);
  else disownPidFile(folder);
}

function isRunning(folder: string, pid: number): boolean {
  return `${readCommandLine(pid)} `.includes(` ciel.folder=${folder} `);
}

/** Empty when the process does not exist or is a zombie. */
function readCommandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() ?? '';
}

async function end(folder: string, pid: number): Promise<void> {
  const begin = Date.now();
  signal(pid, 'SIGINT');
  for (let isForced = false; isRunning(folder, pid); await sleep(10)) {
    const waited = Date.now() - begin;
    if (waited > GIVE_UP_MS) {
      throw new StartupError(
        `PostgreSQL is still running on ${folder} (process ${pid}) and does not stop: end it and start again.`,
      );
    }
    if (waited > FAST_STOP_MS && !isForced) isForced = signal(pid, 'SIGQUIT');
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/**
 * The server refuses to start while any process has the pid in the file, even a zombie or an unrelated one that got it later. The pid
 * of its parent, this process, it considers stale. The rest of the file helps the server find sessions that outlived a killed one.
 */
function disownPidFile(folder: string): void {
  const path = join(folder, 'postmaster.pid');
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [process.pid, ...rest].join('\n'));
}
