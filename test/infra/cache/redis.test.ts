import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectRedis,
  type RedisConnection,
  RedisUnavailable,
} from '../../../server/infra/cache/connectRedis.ts';
import { createRedisCache } from '../../../server/infra/cache/redis.ts';
import { silentLog } from '../../../server/infra/log/log.ts';
import { type FaultProxy, startFaultProxy } from '../../support/faultProxy.ts';
import { startRedis, untilAnswers } from '../../support/redis.ts';

const server = await startRedis('the cache under faults of a real Redis');
const direct = server && new Redis(server.url);

afterAll(async () => {
  direct?.disconnect();
  await server?.stop();
});

const minute = 60_000;

describe.skipIf(!server)('a cache on Redis', () => {
  let proxy: FaultProxy;
  let connection: RedisConnection;
  let cache: ReturnType<typeof createRedisCache>;

  beforeEach(async () => {
    await direct!.flushall();
    proxy = await startFaultProxy(server!.port);
    connection = connectRedis(`redis://127.0.0.1:${proxy.port}`, silentLog);
    cache = createRedisCache(connection, silentLog);
    await untilAnswers(connection);
  });
  afterEach(async () => {
    await connection.close();
    await proxy.close();
  });

  it('keeps everything under its prefix, and everything expires', async () => {
    await cache.set('a', '1', minute);
    const keys = await direct!.keys('*');
    expect(keys).toEqual(['ciel:cache:a']);
    expect(await direct!.pttl('ciel:cache:a')).toBeGreaterThan(0);
  });

  it.each(['refused', 'silent'] as const)(
    'forgets instead of failing while Redis is %s, and works again',
    async (kind) => {
      await cache.set('a', '1', minute);
      await proxy.set({ kind });
      expect(await cache.get('a')).toBeNull();
      await cache.set('b', '2', minute);
      await cache.remove(['c']);
      await expect(cache.ping()).rejects.toThrow(RedisUnavailable);
      await proxy.set({ kind: 'none' });
      await untilAnswers(connection);
      expect(await cache.get('a')).toBe('1');
      await cache.set('b', '3', minute);
      expect(await cache.get('b')).toBe('3');
    },
  );

  it('never returns values that were removed or replaced while Redis was unavailable', async () => {
    await cache.set('removed', 'old', minute);
    await cache.set('replaced', 'old', minute);
    await cache.set('kept', 'old', minute);
    await proxy.set({ kind: 'refused' });
    await cache.remove(['removed']);
    await cache.set('replaced', 'new', minute);
    await proxy.set({ kind: 'none' });
    await untilAnswers(connection);
    expect(await cache.get('kept')).toBe('old');
    expect(await cache.get('removed')).toBeNull();
    expect(await cache.get('replaced')).not.toBe('old');
    expect(await direct!.get('ciel:cache:removed')).toBeNull();
  });

  it('is asked once a second at most while it is silent', async () => {
    await proxy.set({ kind: 'silent' });
    let asked = 0;
    const ask = () =>
      connection.run((client) => {
        asked++;
        return client.get('a');
      });
    await expect(ask()).rejects.toThrow(RedisUnavailable);
    for (let times = 0; times < 1000; times++) await expect(ask()).rejects.toThrow(RedisUnavailable);
    expect(asked).toBeLessThan(10);
  });

  it('waits no longer than a command may take', async () => {
    await proxy.set({ kind: 'slow', latencyMs: 5000 });
    expect(await cache.get('a')).toBeNull();
    await expect(cache.ping()).rejects.toThrow(RedisUnavailable);
  });

  it('survives a connection that is cut', async () => {
    await cache.set('a', '1', minute);
    proxy.cut();
    await expect.poll(() => cache.get('a')).toBe('1');
  });

  it('starts without Redis and uses it when it comes', async () => {
    const late = await startFaultProxy(server!.port);
    await late.set({ kind: 'refused' });
    const waiting = connectRedis(`redis://127.0.0.1:${late.port}`, silentLog);
    const early = createRedisCache(waiting, silentLog);
    expect(await early.get('a')).toBeNull();
    await late.set({ kind: 'none' });
    await direct!.set('ciel:cache:a', '1', 'PX', minute);
    await expect.poll(() => early.get('a')).toBe('1');
    await waiting.close();
    await late.close();
  });

  it('is empty after a flush, and goes on', async () => {
    await cache.set('a', '1', minute);
    await direct!.flushall();
    expect(await cache.get('a')).toBeNull();
    await cache.set('a', '2', minute);
    expect(await cache.get('a')).toBe('2');
  });

  it('reads a key of the wrong type as absent, writes over it, and takes it for no outage', async () => {
    await direct!.lpush('ciel:cache:a', 'not', 'a', 'string');
    await cache.set('b', '2', minute);
    expect(await cache.get('a')).toBeNull();
    expect(await cache.get('b')).toBe('2');
    await cache.set('a', '1', minute);
    expect(await cache.get('a')).toBe('1');
  });
});
