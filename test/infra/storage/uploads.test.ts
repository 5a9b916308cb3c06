import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage, UploadRequest, UploadTicket } from '../../../server/infra/storage/storage.ts';
import { type OpenStorage, storesUnderTest } from '../../support/storages.ts';

const photograph = randomBytes(50_000);
const sha256 = createHash('sha256').update(photograph).digest('hex');

const put = (ticket: UploadTicket, body: RequestInit['body'] = photograph, headers = ticket.headers) =>
  fetch(ticket.url, { method: ticket.method, headers, body });

describe.each(storesUnderTest(process.env))('an upload to $name', ({ open, verifiesHash }) => {
  let opened: OpenStorage;
  let storage: Storage;

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened.close());

  const ticketFor = (request: Partial<UploadRequest> = {}) => {
    const key = `up/${randomUUID()}`;
    const declared = { key, contentType: 'image/jpeg', bytes: photograph.length, sha256, ttlSeconds: 60 };
    const asked: UploadRequest = { ...declared, ...request };
    return storage.uploadTicket(asked).then((ticket) => ({ key: asked.key, ticket }));
  };

  async function expectRefused(key: string, response: Response) {
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await storage.head(key)).toBeNull();
  }

  describe('is taken', () => {
    test('when it keeps to its ticket', async () => {
      const { key, ticket } = await ticketFor();
      expect((await put(ticket)).status).toBe(200);
      expect(await storage.head(key)).toEqual({ bytes: photograph.length, contentType: 'image/jpeg' });
      expect(await storage.read(key, photograph.length)).toEqual(photograph);
    });

    test('when its hash was not declared', async () => {
      const { key, ticket } = await ticketFor({ sha256: undefined });
      expect((await put(ticket)).status).toBe(200);
      expect(await storage.read(key, photograph.length)).toEqual(photograph);
    });

    test('from a page of any origin', async () => {
      const { ticket } = await ticketFor();
      const preflight = await fetch(ticket.url, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example.org',
          'access-control-request-method': 'PUT',
          'access-control-request-headers': Object.keys(ticket.headers).join(','),
        },
      });
      expect(preflight.ok).toBe(true);
      expect(preflight.headers.get('access-control-allow-origin')).toMatch(
        /^(\*|https:\/\/app\.example\.org)$/,
      );
      expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
      const allowed = preflight.headers.get('access-control-allow-headers')!.toLowerCase().split(/, */);
      expect(allowed).toEqual(expect.arrayContaining(Object.keys(ticket.headers)));
    });
  });

  describe('is refused, and nothing of it stored,', () => {
    test('with another content type', async () => {
      const { key, ticket } = await ticketFor();
      await expectRefused(
        key,
        await put(ticket, photograph, { ...ticket.headers, 'content-type': 'text/html' }),
      );
    });

    test('when it is longer', async () => {
      const { key, ticket } = await ticketFor({ sha256: undefined });
      await expectRefused(key, await put(ticket, Buffer.concat([photograph, Buffer.from('!')])));
    });

    test('when it is shorter', async () => {
      const { key, ticket } = await ticketFor({ sha256: undefined });
      await expectRefused(key, await put(ticket, photograph.subarray(1)));
    });

    test('when it is empty', async () => {
      const { key, ticket } = await ticketFor({ sha256: undefined });
      await expectRefused(key, await put(ticket, ''));
    });

    test('of no declared length', async () => {
      const { key, ticket } = await ticketFor({ sha256: undefined });
      const body = new Blob([photograph]).stream();
      const response = await fetch(ticket.url, {
        method: 'PUT',
        headers: ticket.headers,
        body,
        duplex: 'half',
      } as RequestInit);
      await expectRefused(key, response);
    });

    test.runIf(verifiesHash)('of other bytes than were declared', async () => {
      const { key, ticket } = await ticketFor();
      await expectRefused(key, await put(ticket, randomBytes(photograph.length)));
    });

    test('with a ticket that was changed', async () => {
      const { key, ticket } = await ticketFor();
      const last = ticket.url.at(-5) === 'a' ? 'b' : 'a';
      const url = ticket.url.slice(0, -5) + last + ticket.url.slice(-4);
      await expectRefused(key, await put({ ...ticket, url }));
    });

    test('with a ticket that is too old', async () => {
      const { key, ticket } = await ticketFor({ ttlSeconds: 1 });
      await sleep(2_100);
      await expectRefused(key, await put(ticket));
    });

    test('by another method', async () => {
      const { key, ticket } = await ticketFor();
      await expectRefused(key, await put({ ...ticket, method: 'POST' as 'PUT' }));
    });

    test('with a URL that was signed for reading', async () => {
      const key = `up/${randomUUID()}`;
      const { ticket } = await ticketFor({ key });
      await expectRefused(key, await put({ ...ticket, url: await storage.signedUrl(key, 60) }));
    });
  });

  test('is taken once a ticket', async () => {
    const { key, ticket } = await ticketFor({ sha256: undefined });
    expect((await put(ticket)).status).toBe(200);
    const second = await put(ticket, randomBytes(photograph.length));
    expect([409, 412]).toContain(second.status);
    expect(await storage.read(key, photograph.length)).toEqual(photograph);
  });

  test('gets no ticket for a public key, or for a key that leaves its folder', async () => {
    for (const key of ['pub/a.webp', '../up/a', 'up/../../a', 'up//a', '/up/a', 'up/.a', 'up/a b', ''])
      await expect(ticketFor({ key })).rejects.toThrow(/key/);
  });
});
