import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Log, silentLog } from '../../../server/infra/log/log.ts';
import { createS3Storage } from '../../../server/infra/storage/s3.ts';
import { bucketUrl } from '../../../server/infra/storage/s3Client.ts';
import { ObjectTooLarge } from '../../../server/infra/storage/storage.ts';
import { openS3 } from '../../support/storages.ts';

const photograph = randomBytes(100_000);
const options = { contentType: 'image/webp', cacheControl: 'private, max-age=300' };
const timeouts = { connectMs: 300, requestMs: 300 };

let s3: Awaited<ReturnType<typeof openS3>>;
beforeEach(async () => {
  s3 = await openS3({ timeouts });
});
afterEach(() => s3.close());

const again = (more: Partial<Parameters<typeof createS3Storage>[0]> = {}) =>
  createS3Storage({
    bucket: 'photographs',
    region: s3.double.account.region,
    endpoint: s3.double.url,
    forcePathStyle: true,
    credentials: s3.double.account,
    log: silentLog,
    ...more,
  });

const upload = { key: 'up/a', contentType: 'image/jpeg', bytes: 5, sha256: 'ab'.repeat(32), ttlSeconds: 60 };

describe('a ticket', () => {
  test('binds type, length, hash and first use by its signature', async () => {
    const ticket = await s3.storage.uploadTicket(upload);
    const query = new URL(ticket.url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')!.split(';')).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
    ]);
    expect(ticket.headers).toEqual({
      'content-type': 'image/jpeg',
      'if-none-match': '*',
      'x-amz-checksum-sha256': Buffer.from(upload.sha256, 'hex').toString('base64'),
    });
    expect([...query.keys()].filter((name) => name.toLowerCase().includes('checksum'))).toEqual([]);
  });

  test('is refused without any one of its headers', async () => {
    const { url, headers } = await s3.storage.uploadTicket(upload);
    for (const name of Object.keys(headers)) {
      const kept = Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
      expect([name, (await fetch(url, { method: 'PUT', headers: kept, body: 'hello' })).status]).toEqual([
        name,
        403,
      ]);
    }
  });

  test('is refused with a header of the protocol that was not signed', async () => {
    const { url, headers } = await s3.storage.uploadTicket(upload);
    const more = { ...headers, 'x-amz-acl': 'public-read' };
    expect((await fetch(url, { method: 'PUT', headers: more, body: 'hello' })).status).toBe(403);
  });

  test('and the other URLs name the public endpoint, while calls go to the inner one', async () => {
    const storage = again({ publicEndpoint: 'https://media.example.org' });
    const base = 'https://media.example.org/photographs';
    expect((await storage.uploadTicket(upload)).url).toMatch(`${base}/up/a?`);
    expect(await storage.signedUrl('priv/a', 60)).toMatch(`${base}/priv/a?`);
    expect(storage.publicUrl('pub/a')).toBe(`${base}/pub/a`);
    await storage.ping();
    await storage.close();
  });

  test('is made without a round trip, as is every URL', async () => {
    const before = s3.double.requests.length;
    await s3.storage.uploadTicket(upload);
    await s3.storage.signedUrl('priv/a', 60);
    expect(s3.double.requests.length).toBe(before);
  });
});

test.each([
  [{ forcePathStyle: false }, 'https://b.s3.eu-west-1.amazonaws.com'],
  [{ forcePathStyle: true }, 'https://s3.eu-west-1.amazonaws.com/b'],
  [{ forcePathStyle: true, endpoint: 'http://store:8333/' }, 'http://store:8333/b'],
  [{ forcePathStyle: false, endpoint: 'https://objects.example.org' }, 'https://b.objects.example.org'],
])('the bucket for %j is at %s', (where, url) => {
  expect(bucketUrl({ bucket: 'b', region: 'eu-west-1', ...where })).toBe(url);
});

describe('preparing', () => {
  test('makes the bucket, its policy and its CORS rule once', async () => {
    const writes = () => s3.double.requests.filter((request) => request.startsWith('PUT '));
    expect(writes()).toHaveLength(3);
    await again().prepare();
    expect(writes()).toHaveLength(3);
  });

  test('leaves the policy and the CORS rule of an operator alone', async () => {
    const bucket = s3.double.buckets.get('photographs')!;
    Object.assign(bucket, { policy: '{"Statement":[]}', cors: '<CORSConfiguration/>' });
    await again().prepare();
    expect(bucket).toMatchObject({ policy: '{"Statement":[]}', cors: '<CORSConfiguration/>' });
  });

  test('goes on, and says so, when the store takes no policy and no rule', async () => {
    const warnings: string[] = [];
    const log: Log = { ...silentLog, warn: (_fields, message) => warnings.push(message) };
    s3.double.unknown.add('policy').add('cors');
    await again({ bucket: 'strict', log }).prepare();
    expect(warnings).toEqual([expect.stringContaining('policy'), expect.stringContaining('CORS rule')]);
    expect(s3.double.requests.filter((request) => request.startsWith('PUT /strict'))).toHaveLength(1);
  });

  test('fails when the store refuses the key', async () => {
    const credentials = { ...s3.double.account, secretAccessKey: 'another' };
    await expect(again({ credentials }).prepare()).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('a store in trouble', () => {
  const count = (request: string) => s3.double.requests.filter((made) => made === request).length;

  test.each([500, 503])('that returns %i twice is tried again', async (status) => {
    s3.double.fail({ times: 2, status });
    await s3.storage.write('orig/a', photograph, options);
    expect(await s3.storage.read('orig/a', photograph.length)).toEqual(photograph);
    expect(count('PUT /photographs/orig/a')).toBe(3);
  });

  test('that goes on answering 503 is asked three times in all', async () => {
    s3.double.fail({ times: 10, status: 503 });
    await expect(s3.storage.head('orig/a')).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(count('HEAD /photographs/orig/a')).toBe(3);
  });

  test('that does not answer is given up', async () => {
    s3.double.fail({ times: 10, delayMs: 60_000 });
    await expect(s3.storage.ping()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('that stalls within an object is given up', async () => {
    await s3.storage.write('orig/a', photograph, options);
    s3.double.fail({ times: 1, cut: 'hang' });
    await expect(s3.storage.read('orig/a', photograph.length)).rejects.toThrow(/stalled/);
  });

  test('is not waited for when the object is too large anyway', async () => {
    await s3.storage.write('orig/a', photograph, options);
    s3.double.fail({ times: 1, cut: 'hang' });
    await expect(s3.storage.read('orig/a', photograph.length - 1)).rejects.toThrow(ObjectTooLarge);
  });

  test('that breaks off within an object gives an error, not a part of it', async () => {
    await s3.storage.write('orig/a', photograph, options);
    s3.double.fail({ times: 1, cut: 'close' });
    await expect(s3.storage.read('orig/a', photograph.length)).rejects.toThrow();
    expect(await s3.storage.read('orig/a', photograph.length)).toEqual(photograph);
  });

  test('that is unavailable is an error, also for a ping', async () => {
    const storage = again({ endpoint: 'http://127.0.0.1:9', timeouts });
    await expect(storage.ping()).rejects.toThrow();
    await expect(storage.head('orig/a')).rejects.toThrow();
    await storage.close();
  });
});

test('more than a thousand objects are listed and removed in several calls', async () => {
  const { objects } = s3.double.buckets.get('photographs')!;
  const object = { body: Buffer.from('x'), etag: '"x"', modifiedAt: new Date(), headers: {} };
  const keys = Array.from({ length: 2_100 }, (_, index) => `priv/${String(index).padStart(4, '0')}`);
  for (const key of keys) objects.set(key, object);
  expect(await s3.storage.list('priv/', null, 2_050)).toEqual(keys.slice(0, 2_050));
  await s3.storage.remove(keys);
  expect(objects.size).toBe(0);
});

test('a body that was changed on its way is refused by the store', async () => {
  const key = `up/${randomUUID()}`;
  const { url, headers } = await s3.storage.uploadTicket({ ...upload, key });
  const response = await fetch(url, { method: 'PUT', headers, body: 'hello' });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('BadDigest')]);
});
