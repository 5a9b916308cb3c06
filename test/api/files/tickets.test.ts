import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openFiles } from '../../support/storages.ts';

const photograph = randomBytes(2_000_000);
let files: Awaited<ReturnType<typeof openFiles>>;
const opened: Awaited<ReturnType<typeof openFiles>>[] = [];
const sockets: Socket[] = [];
beforeAll(async () => {
  files = await openFiles();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  for (const one of [files, ...opened]) await one.close();
});

async function open(options: Parameters<typeof openFiles>[1]) {
  const one = await openFiles(undefined, options);
  opened.push(one);
  return one;
}

async function ticket(of = files, bytes = photograph.length, key = `up/${randomUUID()}`) {
  const made = await of.storage.uploadTicket({ key, contentType: 'image/jpeg', bytes, ttlSeconds: 60 });
  return { key, ...made };
}

type Ticket = Awaited<ReturnType<typeof ticket>>;

const put = ({ url, headers }: Ticket, body = photograph) => fetch(url, { method: 'PUT', headers, body });

/** A connection of which everything that comes is kept. */
function line(of = files) {
  const socket = connect(Number(new URL(of.url).port), '127.0.0.1');
  sockets.push(socket);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  return {
    socket,
    send: (data: string | Buffer) => socket.write(data),
    statuses: () => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
  };
}

const headOf = ({ url, headers }: Ticket, length: number) =>
  `PUT ${new URL(url).pathname} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${length}\r\n\r\n`;

const NEXT = 'GET /files/pub/none HTTP/1.1\r\nhost: localhost\r\n\r\n';

const halfWritten = (of = files) => readdir(join(of.root, '.tmp'));

/** What this process has written; null where the system does not say. */
async function writtenBytes(): Promise<number | null> {
  const io = await readFile('/proc/self/io', 'utf8').catch(() => '');
  const found = /^wchar: (\d+)/m.exec(io);
  return found && Number(found[1]);
}

/** Statuses of requests at once. What is sent counts as written too, for a child process until it has ended: it stays. */
async function putInOtherProcess({ url, headers }: Ticket, times: number) {
  const script = `
    const [url, headers, bytes, times] = process.argv.slice(1);
    const put = () => fetch(url, { method: 'PUT', headers: JSON.parse(headers), body: Buffer.alloc(Number(bytes)) });
    const answers = await Promise.all(Array.from({ length: Number(times) }, put));
    console.log(JSON.stringify(answers.map(({ status }) => status).sort()));
    setInterval(() => {}, 1000);`;
  const given = [url, JSON.stringify(headers), String(photograph.length), String(times)];
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...given]);
  const [statuses] = await once(child.stdout, 'data');
  return { statuses: JSON.parse(statuses) as number[], process: child };
}

describe('a ticket', () => {
  test('that 60 requests use at once is stored once, and the others write nothing', async () => {
    const one = await ticket();
    const before = await writtenBytes();
    const { statuses, process } = await putInOtherProcess(one, 60);
    const after = await writtenBytes();
    process.kill();
    expect(statuses).toEqual([200, ...Array(59).fill(409)]);
    if (before !== null) expect(after! - before).toBeLessThan(1.2 * photograph.length);
    expect(await halfWritten()).toEqual([]);
    expect(await files.storage.head(one.key)).toMatchObject({ bytes: photograph.length });
  });

  test('that was used is refused when its object is gone too, and by another process', async () => {
    const one = await ticket();
    expect((await put(one)).status).toBe(200);
    await files.storage.remove([one.key]);
    expect((await put(one)).status).toBe(409);
    await files.storage.prepare();
    expect((await put(one)).status).toBe(409);
    expect(await files.storage.head(one.key)).toBeNull();
  });

  test('can be used again at once when the connection broke', async () => {
    const one = await ticket();
    const { socket, send } = line();
    send(headOf(one, photograph.length));
    send(photograph.subarray(0, 1_000_000));
    await expect.poll(() => halfWritten()).toHaveLength(1);
    socket.destroy();
    const begun = performance.now();
    expect((await put(one)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(900);
    expect(await halfWritten()).toEqual([]);
  });

  test('is taken over from a connection that fell silent, which then stores nothing', async () => {
    const one = await ticket();
    const other = randomBytes(photograph.length);
    const { send, statuses } = line();
    send(headOf(one, photograph.length));
    send(other.subarray(0, 1_900_000));
    await expect.poll(() => halfWritten()).toHaveLength(1);
    const begun = performance.now();
    expect((await put(one)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(4_000);
    send(other.subarray(1_900_000));
    await expect.poll(statuses).toEqual([409]);
    expect(await files.storage.read(one.key, photograph.length)).toEqual(photograph);
    expect(await halfWritten()).toEqual([]);
    expect((await put(one)).status).toBe(409);
  });

  test('that a request still uses is refused to another one, in words', async () => {
    const one = await ticket();
    const { send } = line();
    send(headOf(one, photograph.length));
    const sending = setInterval(() => send(photograph.subarray(0, 1_000)), 100);
    await expect.poll(() => halfWritten()).toHaveLength(1);
    const refused = await put(one);
    clearInterval(sending);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([409, '1']);
    expect(await refused.json()).toMatchObject({
      detail: 'The file is being sent by another request; try again',
    });
  });

  test('of a process that was killed can be used again', async () => {
    const one = await ticket();
    const script = `
      const { createFileStorage } = await import('./server/infra/storage/files.ts');
      const [root, key, bytes] = process.argv.slice(1);
      const storage = createFileStorage({ root, secrets: [Buffer.alloc(32)], publicUrl: '' });
      await storage.prepare();
      const grant = { operation: 'put', key, contentType: 'image/jpeg', bytes: Number(bytes), expiresAt: Date.now() + 60000 };
      const body = async function* () { yield Buffer.alloc(1000); console.log('half'); await new Promise(() => setInterval(() => {}, 1000)); };
      await storage.writeUpload(grant, body(), () => {});`;
    const args = ['--input-type=module', '-e', script, files.root, one.key, String(photograph.length)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    const begun = performance.now();
    expect((await put(one)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(await halfWritten()).toEqual([]);
  });

  test('is forgotten some time after its end', async () => {
    const one = await ticket();
    expect((await put(one)).status).toBe(200);
    const folder = join(files.root, '.tickets');
    const name = encodeURIComponent(one.key);
    expect(await readdir(folder)).toContain(name);
    expect((await stat(join(folder, name))).mtimeMs).toBeGreaterThan(Date.now() + 50_000);
    const before = new Date(Date.now() - 7_200_000);
    await utimes(join(folder, name), before, before);
    await files.storage.prepare();
    expect(await readdir(folder)).not.toContain(name);
    expect(await files.storage.list('', null, 1000)).toContain(one.key);
  });
});

describe('the next request on a connection gets its own response', () => {
  test.each([
    ['a longer body than declared', (one: Ticket) => headOf(one, photograph.length + 100_000), 413],
    ['a shorter body', (one: Ticket) => headOf(one, 100_000), 400],
    ['another type', (one: Ticket) => headOf({ ...one, headers: { 'content-type': 'a/b' } }, 3_000_000), 415],
  ])('after %s', async (_what, head, status) => {
    const one = await ticket();
    const declared = head(one);
    const length = Number(/content-length: (\d+)/.exec(declared)![1]);
    const { send, statuses } = line();
    send(declared);
    send(Buffer.alloc(length));
    send(NEXT);
    await expect.poll(statuses, { timeout: 5_000 }).toEqual([status, 404]);
  });

  test('after a used ticket', async () => {
    const one = await ticket();
    await put(one);
    const { send, statuses } = line();
    send(headOf(one, photograph.length));
    send(photograph);
    send(NEXT);
    await expect.poll(statuses, { timeout: 5_000 }).toEqual([409, 404]);
  });

  test('after a body that was refused midway', async () => {
    const one = await ticket();
    const { send, statuses } = line();
    send(headOf(one, photograph.length));
    send(photograph.subarray(0, 1_200_000));
    await expect.poll(() => halfWritten()).toHaveLength(1);
    const { headers, url, method } = one;
    await sleep(1_100);
    expect((await fetch(url, { method, headers, body: photograph })).status).toBe(200);
    send(photograph.subarray(1_200_000));
    send(NEXT);
    await expect.poll(statuses, { timeout: 5_000 }).toEqual([409, 404]);
  });
});

test('a client that goes on sending what was refused is cut off', async () => {
  const one = await ticket();
  const { socket, send, statuses } = line();
  send(headOf(one, 10_000_000_000));
  const chunk = Buffer.alloc(1024 ** 2);
  const sending = setInterval(() => send(chunk), 1);
  await expect.poll(() => socket.destroyed, { timeout: 9_000 }).toBe(true);
  clearInterval(sending);
  expect(statuses()).toEqual([413]);
});

test('all uploads at once are bounded, and one alone is always taken', async () => {
  const small = await open({ unfinishedBytes: 3_000_000 });
  const first = await ticket(small);
  const { send, statuses } = line(small);
  send(headOf(first, photograph.length));
  send(photograph.subarray(0, 1_000));
  await expect.poll(() => halfWritten(small)).toHaveLength(1);
  const second = await ticket(small);
  const refused = await put(second);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  send(photograph.subarray(1_000));
  await expect.poll(statuses).toEqual([200]);
  expect((await put(second)).status).toBe(200);
  const large = randomBytes(4_000_000);
  expect((await put(await ticket(small, large.length), large)).status).toBe(200);
});

test('uploads have places of their own: more are refused at once, and reads go on', async () => {
  const load = { maxRunning: 2, maxQueued: 0 };
  const one = await open({ load: { uploads: load, reads: load } });
  const lines = [];
  for (let n = 0; n < 2; n++) {
    const held = line(one);
    held.send(headOf(await ticket(one), photograph.length));
    held.send(photograph.subarray(0, 1_000));
    lines.push(held);
  }
  await expect.poll(() => halfWritten(one)).toHaveLength(2);
  const refused = await put(await ticket(one));
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([503, '*']);
  expect(await refused.json()).toMatchObject({ code: 'overloaded' });
  expect((await fetch(`${one.url}/files/pub/none`)).status).toBe(404);
  lines[0]!.send(photograph.subarray(1_000));
  await expect.poll(lines[0]!.statuses).toEqual([200]);
  expect((await put(await ticket(one))).status).toBe(200);
});
