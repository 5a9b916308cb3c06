import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './program.ts';

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export interface PgBouncer {
  /** The same database through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

interface PgBouncerOptions {
  mode: 'session' | 'transaction' | 'statement';
  /** Further settings of its file. */
  settings?: Record<string, string | number>;
}

/** A real PgBouncer in front of the server at the URL; null where there is none, and a line that says so. */
export async function startPgBouncer(
  url: string,
  { mode, settings = {} }: PgBouncerOptions,
): Promise<PgBouncer | null> {
  const { hostname, port, username, password } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'ciel-pgbouncer-'));
  const listening = await freePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: listening,
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: mode,
    max_client_conn: 2000,
    default_pool_size: 10,
    ...(canKeepNames() && { max_prepared_statements: 0 }),
    ...settings,
  };
  const file = join(folder, 'pgbouncer.ini');
  const target = `host=${hostname} port=${port} user=${username} password='${decodeURIComponent(password)}'`;
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  await writeFile(file, `[databases]\n* = ${target}\n[pgbouncer]\n${lines.join('\n')}\n`);
  // As root it refuses to run.
  await chmod(folder, 0o755);
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...asNobody, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const isThere = await new Promise((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  const remove = () => rm(folder, { recursive: true, force: true });
  if (!isThere) {
    await remove();
    if (process.env.CI) throw new Error('pgbouncer is not on PATH');
    console.warn('skipped: everything through a pooler, because pgbouncer is not on PATH');
    return null;
  }
  const exited = once(child, 'exit');
  while (!(await isOpen(listening))) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${log}`);
    await sleep(25);
  }
  return {
    through(url) {
      const pooled = new URL(url);
      pooled.host = `127.0.0.1:${listening}`;
      return pooled.href;
    },
    async stop() {
      if (child.kill('SIGKILL')) await exited;
      await remove();
    },
  };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return opened;
}

/** Since 1.21 it can keep named statements. */
export function canKeepNames(): boolean {
  const { stdout } = spawnSync('pgbouncer', ['--version'], { env, encoding: 'utf8' });
  const [, minor] = /PgBouncer 1\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(minor) >= 21;
}
