import type { RedisConnection } from '../../server/infra/cache/connectRedis.ts';
import { createRedisLimiter } from '../../server/infra/limiter/redis.ts';

/** A limiter on Redis, whose time passes by putting back every number it keeps. */
export function openRedisLimiter(redis: RedisConnection) {
  return {
    limiter: createRedisLimiter(redis),
    elapse: (ms: number) =>
      redis.run(async (client) => {
        const prefix = client.options.keyPrefix!;
        for (const name of await client.keys(`${prefix}limit:*`)) {
          const key = name.slice(prefix.length);
          await client.set(key, String(Number(await client.get(key)) - ms * 1000), 'KEEPTTL');
        }
      }),
  };
}

/** What a budget promises, in the other shape of the algorithm: a bucket that leaks evenly and never overflows. Times in µs. */
export function createLeakyBucket(limit: number, periodSeconds: number) {
  const drop = Math.ceil((periodSeconds * 1_000_000) / limit);
  let level = 0;
  let seenAt = 0;
  return {
    leakUntil(now: number) {
      level = Math.max(0, level - (now - seenAt));
      seenAt = now;
    },
    waitForRoom: () => Math.max(0, level + drop - drop * limit),
    room: () => Math.floor((drop * limit - level) / drop),
    level: () => level,
    fill: () => {
      level += drop;
    },
  };
}
