import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../server/infra/log/log.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../server/infra/postgres/startEmbedded.ts';
import { type PeerProcess, startPeer } from '../../support/peerProcess.ts';
import { makeDataFolder, startupProblemOf } from '../../support/postgresFolder.ts';

const CREATE_NOTES = 'drop table if exists notes; create table notes (n int); insert into notes values (7)';
const MODULE = pathToFileURL(
  join(import.meta.dirname, '../../../server/infra/postgres/startEmbedded.ts'),
).href;

/** Made once and started by most tests, because making one takes a second. */
let kept: string;
let dataDir: string;
let running: EmbeddedPostgres[];
let others: PeerProcess[];

beforeAll(async () => {
  kept = await makeDataFolder();
});

afterAll(() => rm(kept, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = kept;
  running = [];
  others = [];
});

afterEach(async () => {
  for (const other of others) await other.kill();
  // A server that a killed process has left is ours to end.
  if (others.length) await start().catch(() => {});
  for (const server of running) await server.stop();
  if (dataDir !== kept) await rm(dataDir, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silentLog });
  running.push(server);
  return server;
}

async function startPeerServer(): Promise<PeerProcess> {
  const other = await startPeer(`
    const { startEmbeddedPostgres } = await import(${JSON.stringify(MODULE)});
    const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
    const { url, pid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
    console.log(JSON.stringify({ url, pid }));
  `);
  others.push(other);
  return other;
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

describe('the first start', () => {
  test('makes a database in UTF-8 that only the loopback and the password reach', async () => {
    const server = await start();
    const [settings] = await query(
      server.url,
      `select current_setting('server_encoding') encoding, current_setting('listen_addresses') address,
        current_setting('unix_socket_directories') sockets, current_setting('max_connections') connections,
        current_setting('synchronous_commit') durable, current_setting('fsync') fsync, lower('ÉTÉ') lowered`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8',
      address: '127.0.0.1',
      sockets: '',
      connections: '100',
      durable: 'on',
      fsync: 'on',
      lowered: 'été',
    });

    // Signals to our process group, Ctrl-C above all, do not reach it.
    expect(() => process.kill(-server.pid, 0)).not.toThrow();

    const password = new URL(server.url).password;
    const passwordFile = join(dataDir, 'postgres/ciel.password');
    expect(await readFile(passwordFile, 'utf8')).toBe(`${password}\n`);
    expect((await stat(passwordFile)).mode & 0o077).toBe(0);
    const wrong = server.url.replace(password, 'guess');
    await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('discards what an interrupted setup left behind', async () => {
    dataDir = await makeDataFolder();
    await mkdir(join(dataDir, 'postgres.unfinished-1/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.unfinished-1.password'), 'half');
    await start();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.lock']);
  });
});

describe('the next start', () => {
  test('finds what was written', async () => {
    const first = await start();
    await query(first.url, CREATE_NOTES);
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select n from notes')).toEqual([{ n: 7 }]);
  });

  test('is not stopped by a pid file that names a stranger', async () => {
    await (await start()).stop();
    const folder = join(dataDir, 'postgres');
    const { uid, gid } = await stat(folder);
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
    onTestFinished(() => void stranger.kill());
    const pidFile = [stranger.pid, folder, '1', '1', '', '127.0.0.1', '', 'ready', ''].join('\n');
    await writeFile(join(folder, 'postmaster.pid'), pidFile);
    const server = await start();
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.signalCode).toBeNull();
  });
});

describe('a second Ciel', () => {
  test('is refused on the same data folder while the first process runs, and starts after it', async () => {
    const other = await startPeerServer();
    expect(await startupProblemOf(start())).toBe(
      `Another Ciel is running on the data folder ${dataDir}: stop it first, or set another DATA_DIR.`,
    );
    expect(await query(String(other.answer.url), 'select 1 as one')).toEqual([{ one: 1 }]);
    await other.kill();
    await start();
  });
});

describe('after a crash', () => {
  test('of Node, the next start takes over from the server that was left', async () => {
    const other = await startPeerServer();
    const url = String(other.answer.url);
    await query(url, CREATE_NOTES);
    await other.kill();
    expect(await query(url, 'select n from notes')).toEqual([{ n: 7 }]);

    const server = await start();
    expect(await query(server.url, 'select n from notes')).toEqual([{ n: 7 }]);
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('of the server, it is started again at the same address with every acknowledged row', async () => {
    const server = await start();
    const firstPid = server.pid;
    const sql = postgres(server.url, { max: 4, backoff: () => 0.05, onnotice: () => {} });
    await sql`drop table if exists notes`;
    await sql`create table notes (n int primary key)`;
    const acknowledged: number[] = [];
    let isEnough = false;
    const write = async (first: number) => {
      for (let n = first; !isEnough; n += 4) {
        const written = sql`insert into notes values (${n})`.then(
          () => acknowledged.push(n),
          () => {},
        );
        // The driver may have lost a statement with its connection, and then never completes it.
        await Promise.race([written, sleep(1000)]);
      }
    };
    const writers = Promise.all([0, 1, 2, 3].map(write));
    await expect.poll(() => acknowledged.length).toBeGreaterThan(100);
    process.kill(firstPid, 'SIGKILL');
    const beforeCrash = acknowledged.length;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(beforeCrash + 100);
    isEnough = true;
    await writers;

    expect(server.pid).not.toBe(firstPid);
    const kept = new Set((await sql`select n from notes`).map((row) => row.n));
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
    await sql.end({ timeout: 1 });
  });
});
