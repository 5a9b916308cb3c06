import type { Log } from '../log/log.ts';
import type { Cache } from './cache.ts';
import type { RedisConnection } from './connectRedis.ts';

const MAX_OUTDATED = 10_000;

/** Closing the cache leaves the connection open. */
export function createRedisCache(redis: RedisConnection, log: Log): Cache {
  /** Keys whose change did not reach Redis: its values for them are stale and are removed before the next command. */
  const outdated = new Set<string>();

  async function forget(keys: string[]) {
    if (keys.length === 0) return;
    await redis.run((client) => client.del(keys.map(cacheKey)));
    for (const key of keys) outdated.delete(key);
  }

  function remember(keys: string[]) {
    for (const key of keys) {
      if (outdated.size >= MAX_OUTDATED) outdated.delete(outdated.values().next().value!);
      outdated.add(key);
    }
  }

  return {
    async get(key) {
      try {
        await forget([...outdated]);
        return await redis.run((client) => client.get(cacheKey(key)));
      } catch (err) {
        log.debug({ err }, 'the cache could not be read');
        return null;
      }
    },
    async set(key, value, ttlMs) {
      if (ttlMs <= 0) return this.remove([key]);
      try {
        await forget([...outdated]);
        await redis.run((client) => client.set(cacheKey(key), value, 'PX', Math.ceil(ttlMs)));
      } catch (err) {
        log.debug({ err }, 'the cache could not be written');
        remember([key]);
      }
    },
    async remove(keys) {
      remember(keys);
      try {
        await forget([...outdated]);
      } catch (err) {
        log.debug({ err }, 'the cache could not be cleared');
      }
    },
    async ping() {
      await redis.run((client) => client.ping());
    },
    async close() {},
  };
}

const cacheKey = (key: string) => `cache:${key}`;
