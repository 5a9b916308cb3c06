import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import type { RedisConnection } from '../../server/infra/cache/connectRedis.ts';
import { freePort } from './program.ts';

export interface RedisServer {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** A real redis-server or valkey-server from PATH with an empty memory; null where there is none, and a line that says so. */
export async function startRedis(skipped: string): Promise<RedisServer | null> {
  const directory = await mkdtemp(join(tmpdir(), 'ciel-redis-'));
  for (const program of ['redis-server', 'valkey-server']) {
    const port = await freePort();
    const server = await launch(program, port, directory);
    if (!server) continue;
    await untilListening(port);
    return {
      port,
      url: `redis://127.0.0.1:${port}`,
      async stop() {
        const exited = once(server, 'exit');
        if (server.kill('SIGKILL')) await exited;
        await rm(directory, { recursive: true, force: true });
      },
    };
  }
  await rm(directory, { recursive: true, force: true });
  console.warn(`skipped: ${skipped}, because neither redis-server nor valkey-server is on PATH`);
  return null;
}

function launch(program: string, port: number, directory: string): Promise<ChildProcess | null> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory];
  const child = spawn(program, settings, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(child));
    child.once('error', () => resolve(null));
  });
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await sleep(25);
  }
  throw new Error('redis-server did not start');
}

/** Waits until Redis responds on this connection; fails after five seconds. */
export const untilAnswers = ({ run }: RedisConnection): Promise<string> =>
  vi.waitFor(() => run((client) => client.ping()), 20_000);
