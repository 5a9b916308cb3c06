import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DataFolder extends AsyncDisposable {
  path: string;
}

/** For one installation; what it leaves running is ended with it. Unless asked for, it is one that has had its demo. */
export async function makeDataFolder({ withDemo = false } = {}): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'ciel-test-'));
  // As root, PostgreSQL runs as another user, who must get through.
  await chmod(path, 0o755);
  if (!withDemo) await writeFile(join(path, 'demo.json'), '[]');
  return {
    path,
    async [Symbol.asyncDispose]() {
      for (const pid of postgresOn(path)) process.kill(pid, 'SIGQUIT');
      while (postgresOn(path).length) await sleep(50);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** The processes of PostgreSQL servers that run on the folder. */
export const postgresOn = (path: string): number[] =>
  commandLines()
    .filter(([, line]) => line.includes(`ciel.folder=${path}/`))
    .map(([pid]) => pid);

/** Small Linux systems have no `ps`, other systems no `/proc`. */
function commandLines(): [pid: number, line: string][] {
  if (!existsSync('/proc/self')) {
    const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.map((line) => [Number.parseInt(line, 10), line]);
  }
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.map((pid) => [pid, commandLineOf(pid)]);
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
