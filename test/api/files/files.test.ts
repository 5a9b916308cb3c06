import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFiles } from '../../../server/api/files/routes.ts';
import { type ErrorCode, errorCatalogue } from '../../../server/core/errors.ts';
import { openFiles } from '../../support/storages.ts';
import { createHost } from '../host.ts';

const photograph = randomBytes(300_000);
const options = { contentType: 'image/webp', cacheControl: 'public, max-age=31536000, s-maxage=30' };
const TIGHT = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
};

let files: Awaited<ReturnType<typeof openFiles>>;
beforeAll(async () => {
  files = await openFiles();
});
afterAll(() => files.close());

const headersOf = (response: Response) => Object.fromEntries(response.headers);

async function stored(area: string, body: Buffer = photograph) {
  const key = `${area}/${randomUUID()}/640.webp`;
  await files.storage.write(key, body, options);
  return key;
}

describe('a served file', () => {
  test('can do nothing in a browser but be shown', async () => {
    const response = await fetch(files.storage.publicUrl(await stored('pub')), { method: 'HEAD' });
    expect(headersOf(response)).toMatchObject({
      ...TIGHT,
      'content-type': 'image/webp',
      'content-length': String(photograph.length),
      'content-disposition': 'inline',
      'cache-control': 'public, max-age=31536000, s-maxage=30',
    });
    expect(headersOf(response)).not.toHaveProperty('set-cookie');
  });

  test('may be kept by its reader only as long as its URL is good', async () => {
    const response = await fetch(await files.storage.signedUrl(await stored('priv'), 300));
    await response.arrayBuffer();
    expect(headersOf(response)).toMatchObject(TIGHT);
    const [, seconds] = /^private, max-age=(\d+)$/.exec(response.headers.get('cache-control')!)!;
    expect(Number(seconds)).toBeGreaterThan(200);
    expect(Number(seconds)).toBeLessThanOrEqual(300);
  });

  test.each([
    ['bytes=0-9', 206, 'bytes 0-9/100'],
    ['bytes=90-', 206, 'bytes 90-99/100'],
    ['bytes=-10', 206, 'bytes 90-99/100'],
    ['bytes=-1000', 206, 'bytes 0-99/100'],
    ['bytes=50-1000', 206, 'bytes 50-99/100'],
    ['bytes=100-', 416, 'bytes */100'],
    ['bytes=-0', 416, 'bytes */100'],
    ['bytes=9-0', 200, null],
    ['bytes=0-1,5-6', 200, null],
    ['bytes=a-b', 200, null],
    ['items=0-9', 200, null],
  ])('asked for %s answers %i', async (range, status, contentRange) => {
    const body = photograph.subarray(0, 100);
    const response = await fetch(files.storage.publicUrl(await stored('pub', body)), { headers: { range } });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange]);
    const [, start, end] = /bytes (\d+)-(\d+)/.exec(contentRange ?? '') ?? ['', '0', '99'];
    const received = Buffer.from(await response.arrayBuffer());
    if (status !== 416) expect(received).toEqual(body.subarray(Number(start), Number(end) + 1));
  });

  test('is sent whole when the client has a part of another version', async () => {
    const url = files.storage.publicUrl(await stored('pub'));
    const response = await fetch(url, { headers: { range: 'bytes=0-9', 'if-range': '"other"' } });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  });

  test('is not sent again to who names its entity tag, even weakly or among others', async () => {
    const url = files.storage.publicUrl(await stored('pub'));
    const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag')!;
    for (const named of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await fetch(url, { headers: { 'if-none-match': named } });
      expect([named, response.status, response.headers.get('etag')]).toEqual([named, 304, etag]);
    }
    const other = await fetch(url, { headers: { 'if-none-match': '"other"' } });
    await other.arrayBuffer();
    expect(other.status).toBe(200);
  });
});

describe('a refusal', () => {
  const refused: [string, number, ErrorCode, () => Promise<Response>][] = [
    ['another content type', 415, 'unsupported_media_type', () => upload({ 'content-type': 'text/html' })],
    ['no content type', 415, 'unsupported_media_type', () => upload({ 'content-type': '' })],
    ['a malformed content type', 415, 'unsupported_media_type', () => upload({ 'content-type': 'nonsense' })],
    ['a content encoding', 415, 'unsupported_media_type', () => upload({ 'content-encoding': 'gzip' })],
    ['a longer body', 413, 'payload_too_large', () => upload({}, Buffer.alloc(photograph.length + 1))],
    ['a body of unknown length', 411, 'invalid_input', () => upload({}, new Blob([photograph]).stream())],
    ['a shorter body', 400, 'invalid_input', () => upload({}, photograph.subarray(1))],
    ['a body with another hash', 400, 'invalid_input', uploadOfOtherBytes],
    ['a used ticket', 409, 'conflict', uploadTwice],
    ['an expired URL', 403, 'forbidden', readTooLate],
    ['a range outside the object', 416, 'invalid_input', readBeyondTheEnd],
    ['a forged token', 403, 'forbidden', () => fetch(`${files.url}/files/get/e30.AAAA`)],
    ['no token', 403, 'forbidden', () => fetch(`${files.url}/files/get/`)],
    ['an upload by a token for reading', 403, 'forbidden', uploadByReadingToken],
    ['a read by a token for uploading', 403, 'forbidden', readByUploadToken],
    ['a missing object', 404, 'not_found', () => fetch(`${files.url}/files/pub/none`)],
    ['the half-written files', 404, 'not_found', () => fetch(`${files.url}/files/pub/..%2F.tmp%2Fa`)],
    ['an unknown place', 404, 'not_found', () => fetch(`${files.url}/files/other/a`)],
    ['a wrong method', 405, 'method_not_allowed', () => fetch(`${files.url}/files/pub/a`, { method: 'PUT' })],
  ];

  function ticket(more: { sha256?: string } = {}) {
    const bytes = photograph.length;
    const asked = { key: `up/${randomUUID()}`, contentType: 'image/jpeg', bytes, ttlSeconds: 60, ...more };
    return files.storage.uploadTicket(asked);
  }

  async function upload(more: Record<string, string>, body: RequestInit['body'] = photograph) {
    const { url, headers } = await ticket();
    return fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body, duplex: 'half' });
  }

  async function uploadOfOtherBytes() {
    const sha256 = createHash('sha256').update('other bytes').digest('hex');
    const { url, headers } = await ticket({ sha256 });
    return fetch(url, { method: 'PUT', headers, body: photograph });
  }

  async function uploadTwice() {
    const { url, headers } = await ticket();
    await fetch(url, { method: 'PUT', headers, body: photograph });
    return fetch(url, { method: 'PUT', headers, body: photograph });
  }

  async function readTooLate() {
    return fetch(await files.storage.signedUrl(await stored('priv'), -1));
  }

  async function readBeyondTheEnd() {
    return fetch(files.storage.publicUrl(await stored('pub')), { headers: { range: 'bytes=300000-' } });
  }

  async function uploadByReadingToken() {
    const url = await files.storage.signedUrl(`up/${randomUUID()}`, 60);
    return fetch(url.replace('/get/', '/put/'), { method: 'PUT', body: photograph });
  }

  async function readByUploadToken() {
    const { url, headers } = await ticket();
    await fetch(url, { method: 'PUT', headers, body: photograph });
    return fetch(url.replace('/put/', '/get/'));
  }

  test.each(refused)(
    'of %s is %i %s, as a problem that a page can read',
    async (_what, status, code, ask) => {
      const response = await ask();
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(headersOf(response)).toMatchObject({ ...TIGHT, 'cache-control': 'no-store' });
      expect(await response.json()).toEqual({
        type: `/docs/errors#${code}`,
        title: errorCatalogue[code].title,
        status,
        detail: expect.any(String),
        code,
        requestId: expect.any(String),
      });
      expect(response.status).toBe(status);
    },
  );

  test('lists the allowed methods when the method is wrong', async () => {
    const response = await fetch(`${files.url}/files/pub/a`, { method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test('has the shape that the same server sends everywhere else', async () => {
    const host = await createHost({
      storageRoutes: (server) => serveFiles(server, files.storage, async () => false),
    });
    const bodies = [await host.send('GET /files/pub/none'), await host.send('GET /v1/none')].map(
      (answer) => ({
        contentType: answer.headers['content-type'],
        ...answer.json(),
      }),
    );
    const [file, other] = bodies.map(({ requestId, detail, ...rest }) => rest);
    expect(file).toEqual(other);
    expect(bodies.map(Object.keys)).toEqual([Object.keys(bodies[1]!), Object.keys(bodies[1]!)]);
    await host.close();
  });
});
