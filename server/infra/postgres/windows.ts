import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binaryPath } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { startFailure } from './explainFailure.ts';
import { type Postmaster, postmasterArguments, readPostmasterFile } from './postmaster.ts';

/** Starts through pg_ctl, which drops the administrator rights that postgres.exe refuses. */
export async function startPostmasterOnWindows(cluster: Cluster, port: number): Promise<Postmaster> {
  const output = join(cluster.folder, 'ciel.log');
  rmSync(output, { force: true });
  const settings = postmasterArguments(cluster, port).slice(2);
  const isStarted = await pgCtl(cluster, [
    'start',
    '-w',
    '-t',
    '60',
    '-l',
    output,
    '-o',
    settings.map(quote).join(' '),
  ]);
  const file = readPostmasterFile(cluster.folder);
  if (!isStarted || !file) throw startFailure(cluster.folder, readOutput(output));
  return {
    pid: file.pid,
    exited: waitForEnd(file.pid),
    stop: async () => void (await pgCtl(cluster, ['stop', '-w', '-m', 'fast'])),
  };
}

export async function stopLeftoverOnWindows(cluster: Cluster): Promise<void> {
  if (!readPostmasterFile(cluster.folder)) return;
  const isStopped = await pgCtl(cluster, ['stop', '-w', '-m', 'fast']);
  if (!isStopped) rmSync(join(cluster.folder, 'postmaster.pid'), { force: true });
}

function pgCtl({ folder, privileges }: Cluster, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    // No pipes: the server would inherit them and keep them open.
    const child = spawn(binaryPath(privileges.binaries, 'pg_ctl'), [...args, '-s', '-D', folder], {
      stdio: 'ignore',
      windowsHide: true,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const quote = (argument: string) => `"${argument}"`;

function readOutput(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function waitForEnd(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(500, undefined, { ref: false });
  }
}
