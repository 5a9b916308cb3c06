import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cache } from '../../../server/infra/cache/cache.ts';
import { connectRedis, type RedisConnection } from '../../../server/infra/cache/connectRedis.ts';
import { createMemoryCache } from '../../../server/infra/cache/memory.ts';
import { createRedisCache } from '../../../server/infra/cache/redis.ts';
import { silentLog } from '../../../server/infra/log/log.ts';
import { startRedis, untilAnswers } from '../../support/redis.ts';

/** These tests are about results, and a busy machine may take its time for them. */
const PATIENT_MS = 5000;

const server = await startRedis('the cache on a real Redis');
const connection: RedisConnection | null = server && connectRedis(server.url, silentLog, PATIENT_MS);

afterAll(async () => {
  await connection?.close();
  await server?.stop();
});

const minute = 60_000;

const adapters: [string, () => Cache][] = [['in memory', () => createMemoryCache()]];
if (connection) adapters.push(['on Redis', () => createRedisCache(connection, silentLog)]);

describe.each(adapters)('a cache %s', (_name, create) => {
  let cache: Cache;

  beforeAll(async () => {
    if (connection) await untilAnswers(connection);
    cache = create();
  });

  it('responds to a ping', async () => {
    await expect(cache.ping()).resolves.toBeUndefined();
  });

  it('gives back what was put in', async () => {
    await cache.set('greeting', 'żółw 🐢', minute);
    expect(await cache.get('greeting')).toBe('żółw 🐢');
    await cache.set('greeting', '', minute);
    expect(await cache.get('greeting')).toBe('');
  });

  it('has nothing under a key that was never set', async () => {
    expect(await cache.get('never')).toBeNull();
  });

  it('forgets removed keys', async () => {
    await cache.set('a', '1', minute);
    await cache.set('b', '2', minute);
    await cache.set('c', '3', minute);
    await cache.remove(['a', 'b', 'never']);
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([null, null, '3']);
    await cache.remove([]);
  });

  it('forgets what has expired', async () => {
    await cache.set('brief', '1', 20);
    await expect.poll(() => cache.get('brief')).toBeNull();
  });

  it('takes a fraction of a millisecond for a time to live', async () => {
    await cache.set('fraction', '1', 59_999.5);
    expect(await cache.get('fraction')).toBe('1');
  });

  it('keeps nothing that has no time to live', async () => {
    await cache.set('gone', '1', minute);
    await cache.set('gone', '2', 0);
    expect(await cache.get('gone')).toBeNull();
    await cache.set('gone', '3', -1);
    expect(await cache.get('gone')).toBeNull();
  });

  it('restarts the lifetime when a key is set again', async () => {
    await cache.set('renewed', '1', 20);
    await cache.set('renewed', '2', minute);
    await cache.set('brief', '1', 50);
    await expect.poll(() => cache.get('brief')).toBeNull();
    expect(await cache.get('renewed')).toBe('2');
  });
});

describe('a cache in memory', () => {
  it('drops the least recently used when it is full', async () => {
    const cache = createMemoryCache({ maxBytes: 10_000 });
    const value = 'x'.repeat(1000);
    for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, value, minute);
    await cache.get('a');
    await cache.set('e', value, minute);
    expect(await cache.get('a')).toBe(value);
    expect(await cache.get('b')).toBeNull();
    expect(await cache.get('e')).toBe(value);
  });

  it('does not store values larger than the whole cache', async () => {
    const cache = createMemoryCache({ maxBytes: 10_000 });
    await cache.set('small', '1', minute);
    await cache.set('large', 'x'.repeat(10_000), minute);
    expect(await cache.get('large')).toBeNull();
    expect(await cache.get('small')).toBe('1');
  });
});
