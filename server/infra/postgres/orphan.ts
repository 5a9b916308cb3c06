import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupProblem } from '../startupError.ts';
import { readPostmasterFile } from './postmaster.ts';

const FAST_STOP_MS = 15_000;
const GIVE_UP_MS = 20_000;

/**
 * Ends the server that a killed Ciel has left running on the folder, which keeps its data; the next one is started right after.
 * To be called only by the owner of the data folder: to others, an orphan looks like a server in use.
 */
export async function endOrphan(folder: string): Promise<void> {
  const file = readPostmasterFile(folder);
  if (!file) return;
  if (isRunning(folder, file.pid)) await end(folder, file.pid);
  else disownPidFile(folder);
}

function isRunning(folder: string, pid: number): boolean {
  return `${readCommandLine(pid)} `.includes(` ciel.folder=${folder} `);
}

/** Empty when there is no such process, or it is a zombie. */
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
      throw new StartupProblem(
        `PostgreSQL still runs on ${folder} (process ${pid}) and does not end: end it and start again.`,
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
 * The server refuses to start while some process has that pid, be it a zombie or a stranger who got it later. Our own pid, its
 * parent's, it takes for stale; the rest of the file stays, because by it the server finds sessions that outlived a killed one.
 */
function disownPidFile(folder: string): void {
  const path = join(folder, 'postmaster.pid');
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [process.pid, ...rest].join('\n'));
}
