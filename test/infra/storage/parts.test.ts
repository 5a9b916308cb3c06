import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type PartedUpload,
  PartsMissing,
  type PartTicket,
  type Storage,
} from '../../../server/infra/storage/storage.ts';
import { type OpenStorage, storesUnderTest } from '../../support/storages.ts';

const PART = 5 * 1024 ** 2;
const photograph = randomBytes(2 * PART + 1_000);
const places = [
  { number: 1, from: 0, to: PART },
  { number: 2, from: PART, to: 2 * PART },
  { number: 3, from: 2 * PART, to: photograph.length },
];

const put = (ticket: PartTicket, body: RequestInit['body'] = photograph.subarray(ticket.from, ticket.to)) =>
  fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body });

const unsigned = (url: string) => url.slice(0, url.lastIndexOf(url.includes('?') ? '?' : '.'));

/** The URL of a ticket with another content and the same signature. */
function changed(url: string, from: string | RegExp, to: string): string {
  const [, before, payload, signature] = /^(.*\/part\/)([^.]+)(\..*)$/.exec(url) ?? [];
  if (payload === undefined) return url.replace(from, to);
  const content = Buffer.from(payload, 'base64url').toString().replace(from, to);
  return `${before}${Buffer.from(content).toString('base64url')}${signature}`;
}

describe.each(storesUnderTest(process.env))('an upload in parts to $name', ({ open }) => {
  let opened: OpenStorage;
  let storage: Storage;

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened.close());

  async function start(ttlSeconds = 60) {
    const key = `up/${randomUUID()}`;
    const upload: PartedUpload = { key, partsId: await storage.startParts(key, 'image/jpeg') };
    return { upload, tickets: await storage.partTickets(upload, places, ttlSeconds) };
  }

  const isUnjoined = async ({ key, partsId }: PartedUpload) =>
    (await storage.listUnjoined(key, null, 10)).some((found) => found.partsId === partsId);

  async function join(upload: PartedUpload) {
    await storage.joinParts(upload, 'image/jpeg', await storage.listParts(upload));
  }

  test('is one object, in whatever order the parts came', async () => {
    const { upload, tickets } = await start();
    expect(await storage.listParts(upload)).toEqual([]);
    const [first, second, third] = tickets as [PartTicket, PartTicket, PartTicket];
    const responses = await Promise.all([third, first].map((ticket) => put(ticket)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect((await storage.listParts(upload)).map(({ number, bytes }) => [number, bytes])).toEqual([
      [1, PART],
      [3, 1_000],
    ]);
    expect(await storage.head(upload.key)).toBeNull();
    expect((await put(second)).status).toBe(200);
    expect(await isUnjoined(upload)).toBe(true);
    await join(upload);
    expect(await storage.head(upload.key)).toEqual({ bytes: photograph.length, contentType: 'image/jpeg' });
    const joined = await storage.read(upload.key, photograph.length);
    expect(createHash('sha256').update(joined).digest('hex')).toBe(
      createHash('sha256').update(photograph).digest('hex'),
    );
    expect(await isUnjoined(upload)).toBe(false);
    await expect(storage.listParts(upload)).rejects.toThrow(PartsMissing);
    await expect(storage.joinParts(upload, 'image/jpeg', [])).rejects.toThrow(PartsMissing);
  });

  test('takes a part of its own length only', async () => {
    const { upload, tickets } = await start();
    for (const body of [photograph.subarray(0, 999), photograph.subarray(0, 1_001), '']) {
      const { status } = await put(tickets[2]!, body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(await storage.listParts(upload)).toEqual([]);
    expect((await put(tickets[2]!)).status).toBe(200);
    await storage.abortParts(upload);
  });

  test('takes no part by a URL that was changed, or is too old', async () => {
    const { upload, tickets } = await start(1);
    const { url } = tickets[2]!;
    const last = url.at(-5) === 'a' ? 'b' : 'a';
    expect((await put({ ...tickets[2]!, url: url.slice(0, -5) + last + url.slice(-4) })).status).toBe(403);
    await sleep(2_100);
    expect((await put(tickets[2]!)).status).toBe(403);
    expect(await storage.listParts(upload)).toEqual([]);
    const [renewed] = await storage.partTickets(upload, [places[2]!], 60);
    expect((await put(renewed!)).status).toBe(200);
    await storage.abortParts(upload);
  });

  test('takes no part with another number, of another upload, by another method, of no length or for reading', async () => {
    const { upload, tickets } = await start();
    const other = await start();
    const [, , ticket] = tickets as [PartTicket, PartTicket, PartTicket];
    const body = photograph.subarray(ticket.from, ticket.to);
    const asked = { key: upload.key, contentType: 'image/jpeg', bytes: 1_000, ttlSeconds: 60 };
    const whole = await storage.uploadTicket(asked);
    const refused = [
      await put({ ...ticket, url: changed(ticket.url, /(partNumber=|"number":)3/, '$11') }),
      await put({ ...ticket, url: changed(ticket.url, upload.partsId, other.upload.partsId) }),
      await put({ ...ticket, url: unsigned(ticket.url) }),
      await put({ ...ticket, method: 'POST' as 'PUT' }),
      await put({ ...ticket, method: 'DELETE' as 'PUT' }),
      await put({ ...ticket, url: await storage.signedUrl(upload.key, 60) }),
      await put({ ...ticket, url: whole.url, headers: {} }),
      await fetch(whole.url.replace('/put/', '/part/'), { method: 'PUT', body: photograph.subarray(0, 10) }),
      await fetch(ticket.url, { method: 'GET' }),
      await fetch(ticket.url, {
        method: 'PUT',
        body: new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit),
    ];
    for (const { status } of refused) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    for (const one of [upload, other.upload]) {
      expect(await storage.listParts(one)).toEqual([]);
      expect(await storage.head(one.key)).toBeNull();
      await storage.abortParts(one);
    }
  });

  test('keeps one body of a part that is sent several times at once', async () => {
    const { upload, tickets } = await start();
    const length = tickets[2]!.to - tickets[2]!.from;
    const bodies = Array.from({ length: 6 }, () => randomBytes(length));
    const responses = await Promise.all(bodies.map((body) => put(tickets[2]!, body)));
    const taken = responses.filter(({ ok }) => ok);
    expect(taken.length).toBeGreaterThan(0);
    for (const { status } of responses) expect([200, 409]).toContain(status);
    expect(await storage.listParts(upload)).toEqual([expect.objectContaining({ number: 3, bytes: length })]);
    for (const ticket of tickets.slice(0, 2)) await put(ticket);
    await join(upload);
    const joined = await storage.read(upload.key, photograph.length);
    expect(bodies.some((body) => joined.subarray(2 * PART).equals(body))).toBe(true);
  });

  test('takes no part once it is joined, nor the file whole', async () => {
    const { upload, tickets } = await start();
    const asked = { key: upload.key, contentType: 'image/jpeg', bytes: 1_000, ttlSeconds: 60 };
    const { url, method, headers } = await storage.uploadTicket(asked);
    for (const ticket of tickets) await put(ticket);
    await join(upload);
    expect([404, 409]).toContain((await put(tickets[2]!)).status);
    expect([409, 412]).toContain((await fetch(url, { method, headers, body: randomBytes(1_000) })).status);
    expect((await storage.head(upload.key))!.bytes).toBe(photograph.length);
  });

  test('is joined once by several at once', async () => {
    const { upload, tickets } = await start();
    for (const ticket of tickets) await put(ticket);
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => join(upload)));
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PartsMissing);
    expect((await storage.read(upload.key, photograph.length)).equals(photograph)).toBe(true);
    expect(await isUnjoined(upload)).toBe(false);
  });

  test('that is aborted leaves nothing, and takes nothing', async () => {
    const { upload, tickets } = await start();
    await put(tickets[2]!);
    await storage.abortParts(upload);
    await storage.abortParts(upload);
    expect((await put(tickets[2]!)).status).toBe(404);
    expect(await isUnjoined(upload)).toBe(false);
    await expect(storage.listParts(upload)).rejects.toThrow(PartsMissing);
    expect(await storage.head(upload.key)).toBeNull();
  });

  test('never replaces the same upload that came whole, and ends', async () => {
    const { upload, tickets } = await start();
    const whole = randomBytes(1_000);
    const asked = { key: upload.key, contentType: 'image/jpeg', bytes: 1_000, ttlSeconds: 60 };
    const { url, method, headers } = await storage.uploadTicket(asked);
    for (const ticket of tickets) await put(ticket);
    expect((await fetch(url, { method, headers, body: whole })).status).toBe(200);
    await join(upload);
    expect(await storage.read(upload.key, 1_000)).toEqual(whole);
    expect(await isUnjoined(upload)).toBe(false);
  });

  test('is no object, and is in no list, until it is joined', async () => {
    const { upload, tickets } = await start();
    await put(tickets[2]!);
    expect(await storage.list(upload.key, null, 10)).toEqual([]);
    expect(await storage.listUnjoined('none/', null, 10)).toEqual([]);
    expect(await storage.listUnjoined(upload.key, upload.key, 10)).toEqual([]);
    const [listed] = await storage.listUnjoined(upload.key, null, 10);
    expect(Math.abs(Date.now() - listed!.startedAt.getTime())).toBeLessThan(60_000);
    await storage.abortParts(upload);
  });

  test('can be sent from a page of any origin', async () => {
    const { upload, tickets } = await start();
    const asked = { origin: 'https://app.example.org', 'access-control-request-method': 'PUT' };
    const preflight = await fetch(tickets[0]!.url, { method: 'OPTIONS', headers: asked });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    await storage.abortParts(upload);
  });
});
