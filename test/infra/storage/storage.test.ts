import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ObjectMissing, ObjectTooLarge, type Storage } from '../../../server/infra/storage/storage.ts';
import { type OpenStorage, storesUnderTest } from '../../support/storages.ts';

const photograph = randomBytes(50_000);
const options = { contentType: 'image/webp', cacheControl: 'public, max-age=31536000, s-maxage=30' };

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe.each(storesUnderTest(process.env))('a storage on $name', ({ open }) => {
  let opened: OpenStorage;
  let storage: Storage;

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened.close());

  test('gives back what it was given', async () => {
    const key = `orig/${randomUUID()}`;
    await storage.write(key, photograph, options);
    expect(await storage.read(key, photograph.length)).toEqual(photograph);
    expect(await storage.head(key)).toEqual({ bytes: photograph.length, contentType: 'image/webp' });
    await storage.write(key, Buffer.from('other'), { ...options, contentType: 'image/avif' });
    expect((await storage.read(key, 5)).toString()).toBe('other');
    expect(await storage.head(key)).toEqual({ bytes: 5, contentType: 'image/avif' });
  });

  test('keeps an object of no bytes', async () => {
    const key = `orig/${randomUUID()}`;
    await storage.write(key, Buffer.alloc(0), options);
    expect(await storage.read(key, 0)).toEqual(Buffer.alloc(0));
    expect(await storage.readStart(key, 10)).toEqual(Buffer.alloc(0));
    await storage.copy(key, `${key}-copy`, options);
    expect(await storage.head(`${key}-copy`)).toEqual({ bytes: 0, contentType: 'image/webp' });
  });

  test('gives the first bytes of an object', async () => {
    const key = `orig/${randomUUID()}`;
    await storage.write(key, photograph, options);
    expect(await storage.readStart(key, 12)).toEqual(photograph.subarray(0, 12));
    expect(await storage.readStart(key, photograph.length + 1)).toEqual(photograph);
  });

  test('does not read more than it may', async () => {
    const key = `orig/${randomUUID()}`;
    await storage.write(key, photograph, options);
    await expect(storage.read(key, photograph.length - 1)).rejects.toThrow(ObjectTooLarge);
  });

  test('says which objects are missing', async () => {
    const key = `orig/${randomUUID()}`;
    expect(await storage.head(key)).toBeNull();
    await expect(storage.read(key, 10)).rejects.toThrow(ObjectMissing);
    await expect(storage.readStart(key, 10)).rejects.toThrow(ObjectMissing);
    await expect(storage.copy(key, `${key}-copy`, options)).rejects.toThrow(ObjectMissing);
    expect((await fetch(await storage.signedUrl(key, 60))).status).toBe(404);
  });

  test('copies an object under another description', async () => {
    const from = `priv/${randomUUID()}/640.webp`;
    const to = `pub/${randomUUID()}/640.webp`;
    await storage.write(from, photograph, { contentType: 'image/jpeg', cacheControl: 'private' });
    await storage.copy(from, to, options);
    const response = await fetch(storage.publicUrl(to));
    expect(await bytesOf(response)).toEqual(photograph);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toBe(options.cacheControl);
    expect(await storage.read(from, photograph.length)).toEqual(photograph);
  });

  test('removes objects, missing ones too', async () => {
    const keys = ['a', 'b', 'c'].map((name) => `priv/${randomUUID()}/${name}.webp`);
    for (const key of keys.slice(0, 2)) await storage.write(key, photograph, options);
    await storage.remove(keys);
    for (const key of keys) expect(await storage.head(key)).toBeNull();
    await storage.remove([]);
    await storage.remove(keys);
  });

  test('lists keys in order, a part at a time', async () => {
    const folder = `priv/${randomUUID()}`;
    const names = ['a', 'a-b/1', 'a.b', 'b/1', 'b/2', 'b/2.webp', 'b0', 'c/x/1', 'd'];
    for (const name of names) await storage.write(`${folder}/${name}`, Buffer.from(name), options);
    const keys = names.map((name) => `${folder}/${name}`);
    expect(await storage.list(`${folder}/`, null, 100)).toEqual(keys);
    expect(await storage.list(`${folder}/`, null, 4)).toEqual(keys.slice(0, 4));
    expect(await storage.list(`${folder}/`, keys[3]!, 3)).toEqual(keys.slice(4, 7));
    expect(await storage.list(`${folder}/`, `${folder}/b/15`, 100)).toEqual(keys.slice(4));
    expect(await storage.list(`${folder}/b`, null, 100)).toEqual(keys.slice(3, 7));
    expect(await storage.list(`${folder}/none`, null, 100)).toEqual([]);
  });

  test('lists everything, a part at a time', async () => {
    for (const folder of ['orig', 'priv/walk', 'pub/walk'])
      await storage.write(`${folder}/${randomUUID()}`, photograph.subarray(0, 10), options);
    const all = await storage.list('', null, 100_000);
    const walked: string[] = [];
    for (let after: string | null = null; ; ) {
      const part: string[] = await storage.list('', after, 2);
      walked.push(...part);
      if (part.length < 2) break;
      after = part.at(-1)!;
    }
    expect(all.length).toBeGreaterThan(2);
    expect(walked).toEqual(all);
    expect(all).toEqual(all.toSorted());
  });

  test('shows a public object to anybody, and a private one to nobody', async () => {
    const name = `${randomUUID()}/640.webp`;
    for (const area of ['pub', 'priv']) await storage.write(`${area}/${name}`, photograph, options);
    const url = storage.publicUrl(`pub/${name}`);
    expect(await bytesOf(await fetch(url))).toEqual(photograph);
    expect([403, 404]).toContain((await fetch(url.replace('pub/', 'priv/'))).status);
    expect([403, 404]).toContain((await fetch(url.replace('pub/', 'pub/../priv/'))).status);
    expect([403, 404]).toContain((await fetch(url.replace('pub/', 'pub/%2e%2e%2fpriv/'))).status);
    expect(() => storage.publicUrl(`priv/${name}`)).toThrow(/not public/);
  });

  test('shows a private object to the bearer of a signed URL, until it expires', async () => {
    const key = `priv/${randomUUID()}/640.webp`;
    await storage.write(key, photograph, options);
    const short = await storage.signedUrl(key, 1);
    const url = await storage.signedUrl(key, 60);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(await bytesOf(response)).toEqual(photograph);
    const changed = url.replace(/.(?=.{4}$)/, (character) => (character === 'a' ? 'b' : 'a'));
    expect((await fetch(changed)).status).toBe(403);
    await sleep(2_100);
    expect((await fetch(short)).status).toBe(403);
  });

  test('serves a part of an object', async () => {
    const key = `pub/${randomUUID()}/640.webp`;
    await storage.write(key, photograph, options);
    const response = await fetch(storage.publicUrl(key), { headers: { range: 'bytes=10-19' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 10-19/${photograph.length}`);
    expect(await bytesOf(response)).toEqual(photograph.subarray(10, 20));
  });

  test('sends an object that the client has already only once', async () => {
    const key = `pub/${randomUUID()}/640.webp`;
    await storage.write(key, photograph, options);
    const etag = (await fetch(storage.publicUrl(key))).headers.get('etag')!;
    const again = await fetch(storage.publicUrl(key), { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('responds to a ping, and can be prepared again', async () => {
    const key = `orig/${randomUUID()}`;
    await storage.write(key, photograph, options);
    await storage.prepare();
    await storage.ping();
    expect(await storage.head(key)).not.toBeNull();
  });
});
