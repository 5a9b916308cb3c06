import { spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { readdir, readFile, rmdir, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StorageFull } from '../../../server/infra/storage/uploadWriter.ts';
import { openFiles } from '../../support/storages.ts';

const photograph = randomBytes(300_000);
const options = { contentType: 'image/webp', cacheControl: 'public, max-age=31536000, s-maxage=30' };
let files: Awaited<ReturnType<typeof openFiles>>;
beforeAll(async () => {
  files = await openFiles();
});
afterAll(() => files.close());

async function ticket(bytes = photograph.length) {
  const key = `up/${randomUUID()}`;
  const made = await files.storage.uploadTicket({ key, contentType: 'image/jpeg', bytes, ttlSeconds: 60 });
  return { key, ...made };
}

async function stored(area: string, body: Buffer = photograph) {
  const key = `${area}/${randomUUID()}/640.webp`;
  await files.storage.write(key, body, options);
  return key;
}

/** A file system of 100 kB; null where mounting is not allowed. */
const tinyDisk = mountTinyDisk();
afterAll(() => {
  if (tinyDisk) spawnSync('umount', [tinyDisk]);
  if (tinyDisk) rmdirSync(tinyDisk);
});

function mountTinyDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'ciel-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', folder]);
  if (status === 0) return folder;
  rmdirSync(folder);
  return null;
}

const halfWritten = () => readdir(join(files.root, '.tmp'));

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) await new Promise((resume) => setTimeout(resume, 10));
}

describe('the folder', () => {
  test('is not left by a path that is sent as it is', async () => {
    await writeFile(join(files.root, 'secret'), 'secret');
    for (const path of ['/files/pub/../../secret', '/files/pub/..%5c..%5csecret', '/files/pub/%00']) {
      const socket = connect(Number(new URL(files.url).port), '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 40[04] /);
    }
  });

  test('keeps nothing of an upload that breaks off', async () => {
    const { key, url, headers } = await ticket();
    const length = String(photograph.length);
    const client = request(url, { method: 'PUT', headers: { ...headers, 'content-length': length } });
    client.on('error', () => {});
    client.write(photograph.subarray(0, 100_000));
    await until(async () => (await halfWritten()).length === 1);
    client.destroy();
    await until(async () => (await halfWritten()).length === 0);
    expect(await files.storage.head(key)).toBeNull();
  });

  test('accepts only one of two simultaneous uploads with one ticket', async () => {
    const { key, url, headers } = await ticket();
    const bodies = [randomBytes(photograph.length), randomBytes(photograph.length)];
    const answers = await Promise.all(bodies.map((body) => fetch(url, { method: 'PUT', headers, body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = bodies[answers.findIndex(({ ok }) => ok)]!;
    expect(await files.storage.read(key, photograph.length)).toEqual(winner);
    expect(await halfWritten()).toEqual([]);
  });

  test.runIf(tinyDisk)('refuses what has no room any more, and goes on when there is room', async () => {
    const full = await openFiles(tinyDisk!);
    const body = randomBytes(8_000_000);
    const asked = { key: 'up/a', contentType: 'image/jpeg', bytes: body.length, ttlSeconds: 60 };
    const { url, headers } = await full.storage.uploadTicket(asked);
    const response = await fetch(url, { method: 'PUT', headers, body });
    expect([response.status, await response.json()]).toEqual([
      507,
      expect.objectContaining({ type: '/docs/errors#unavailable', status: 507, code: 'unavailable' }),
    ]);
    expect(await readdir(join(tinyDisk!, '.tmp'))).toEqual([]);
    await full.storage.write('orig/a', photograph.subarray(0, 50_000), options);
    expect(await full.storage.list('', null, 10)).toEqual(['orig/a']);
    await full.close();
  });

  test.runIf(tinyDisk)('keeps the parts of an upload that there is no room to join', async () => {
    const full = await openFiles(tinyDisk!);
    await full.storage.remove(['orig/a']);
    const key = 'up/b';
    const upload = { key, partsId: await full.storage.startParts(key, 'image/jpeg') };
    const [ticket] = await full.storage.partTickets(upload, [{ number: 1, from: 0, to: 40_000 }], 60);
    const body = randomBytes(40_000);
    expect((await fetch(ticket!.url, { method: 'PUT', body })).status).toBe(200);
    await full.storage.write('orig/b', photograph.subarray(0, 20_000), options);
    const parts = await full.storage.listParts(upload);
    const join = () => full.storage.joinParts(upload, 'image/jpeg', parts);
    await expect(join()).rejects.toThrow(StorageFull);
    expect(await full.storage.listParts(upload)).toEqual(parts);
    await full.storage.remove(['orig/b']);
    const tooLarge = { number: 2, from: 40_000, to: 180_000 };
    const [second] = await full.storage.partTickets(upload, [tooLarge], 60);
    const refused = await fetch(second!.url, { method: 'PUT', body: randomBytes(140_000) });
    expect(refused.status).toBe(507);
    expect(await full.storage.listParts(upload)).toEqual(parts);
    await full.storage.abortParts(upload);
    await full.close();
  });

  test('goes on joining parts that a killed process has begun to join', async () => {
    const key = 'up/joined';
    const upload = { key, partsId: await files.storage.startParts(key, 'image/jpeg') };
    const PART = 8_000_000;
    const sent = [1, 2, 3].map((number) => ({ number, from: (number - 1) * PART, to: number * PART }));
    const whole = randomBytes(3 * PART);
    for (const { url, from, to } of await files.storage.partTickets(upload, sent, 60))
      expect((await fetch(url, { method: 'PUT', body: whole.subarray(from, to) })).status).toBe(200);
    const script = `
      const { createFileStorage } = await import('./server/infra/storage/files.ts');
      const [root, key, partsId] = process.argv.slice(1);
      const storage = createFileStorage({ root, secrets: [Buffer.alloc(32)], publicUrl: '' });
      const parts = await storage.listParts({ key, partsId });
      console.log('begun');
      await storage.joinParts({ key, partsId }, 'image/jpeg', parts);`;
    const args = ['--input-type=module', '-e', script, files.root, key, upload.partsId];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    // Most often within the copy; whenever it is, the file must be whole or its parts must be there.
    await expect
      .poll(halfWritten, { interval: 2 })
      .not.toEqual([])
      .catch(() => {});
    child.kill('SIGKILL');
    await once(child, 'exit');
    await files.storage.prepare();
    expect(await halfWritten()).toEqual([]);
    const isJoined = (await files.storage.head(key)) !== null;
    if (!isJoined) await files.storage.joinParts(upload, 'image/jpeg', await files.storage.listParts(upload));
    expect((await files.storage.read(key, whole.length)).equals(whole)).toBe(true);
  });

  test('is swept of what a killed process left, and of nothing else', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const running = `${process.ppid}.${randomUUID()}`;
    for (const name of [`${gone.pid}.${randomUUID()}`, 'strange', running])
      await writeFile(join(files.root, '.tmp', name), 'half');
    await files.storage.prepare();
    expect(await halfWritten()).toEqual([running]);
  });

  test('holds files that open as what they are', async () => {
    const key = await stored('pub');
    const file = await readFile(join(files.root, key));
    expect(file.subarray(0, photograph.length)).toEqual(photograph);
  });

  test('gives no object that was cut', async () => {
    const key = await stored('pub');
    await truncate(join(files.root, key), 200_000);
    await expect(files.storage.read(key, photograph.length)).rejects.toThrow(/JSON|damaged/);
    expect((await fetch(files.storage.publicUrl(key))).status).toBe(500);
  });

  test('loses the folders that removals leave empty', async () => {
    const keys = [await stored('gone'), await stored('gone')];
    await files.storage.remove(keys.slice(0, 1));
    expect(await readdir(join(files.root, 'gone'))).toHaveLength(1);
    await files.storage.remove(keys.slice(1));
    expect(await readdir(files.root)).not.toContain('gone');
  });

  test('takes writes while removals empty the same folders', async () => {
    const folder = `busy/${randomUUID()}/a/b/c`;
    const writer = async (name: string) => {
      for (let round = 0; round < 50; round++) {
        await files.storage.write(`${folder}/${name}`, Buffer.from('x'), options);
        await files.storage.remove([`${folder}/${name}`]);
      }
    };
    let writing = true;
    const emptier = async () => {
      while (writing)
        for (const empty of ['a/b/c', 'a/b', 'a'])
          await rmdir(join(files.root, folder, '../../..', empty)).catch(() => {});
    };
    const emptying = [emptier(), emptier()];
    await Promise.all(['a', 'b', 'c'].map(writer)).finally(() => {
      writing = false;
      return Promise.all(emptying);
    });
    expect(await files.storage.list(folder, null, 100)).toEqual([]);
  });
});
