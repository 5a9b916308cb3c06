import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis, type RedisConnection } from '../../../server/infra/cache/connectRedis.ts';
import { createRedisLimiter } from '../../../server/infra/limiter/redis.ts';
import { silentLog } from '../../../server/infra/log/log.ts';
import { createLeakyBucket, openRedisLimiter } from '../../support/limiters.ts';
import { startRedis, untilAnswers } from '../../support/redis.ts';

/** These tests are about results, and a busy machine may take its time for them. */
const PATIENT_MS = 5000;

const server = await startRedis('the shared limiter on a real Redis');
const direct = server && new Redis(server.url);

afterAll(async () => {
  direct?.disconnect();
  await server?.stop();
});

describe.skipIf(!server)('a limiter on Redis', () => {
  let connections: RedisConnection[];

  beforeEach(async () => {
    await direct!.flushall();
    connections = Array.from({ length: 4 }, () => connectRedis(server!.url, silentLog, PATIENT_MS));
    await Promise.all(connections.map(untilAnswers));
  });
  afterEach(() => Promise.all(connections.map((connection) => connection.close())));

  const hourly = { limit: 50, periodSeconds: 3600 };
  const daily = { limit: 500, periodSeconds: 86_400 };

  it('allows four clients together no more than the budget', async () => {
    const limiters = connections.map(createRedisLimiter);
    const verdicts = await Promise.all(
      limiters.flatMap((limiter) =>
        Array.from({ length: 100 }, () => limiter.take('alice', [hourly, daily])),
      ),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(50);
    expect(await limiters[0]!.peek('alice', [hourly, daily])).toMatchObject([
      { remaining: 0 },
      { remaining: 450 },
    ]);
  });

  it('keeps times to the microsecond and lets every key expire when its budget is whole', async () => {
    const limiter = createRedisLimiter(connections[0]!);
    for (let n = 0; n < 10; n++) await limiter.take(`user ${n}`, [hourly, daily]);
    const states = await limiter.peek('user 0', [hourly, daily]);
    const keys = await direct!.keys('*');
    expect(keys).toHaveLength(20);
    for (const key of keys) {
      expect(await direct!.get(key)).toMatch(/^\d{16}$/);
      const resetMs = states[key.endsWith(':3600') ? 0 : 1]!.resetMs;
      expect(Math.abs((await direct!.pttl(key)) - resetMs)).toBeLessThan(5000);
    }
  });

  it('equals a leaky bucket for every sequence of requests', async () => {
    const { limiter, elapse } = openRedisLimiter(connections[0]!);
    const timeOf = async () => {
      const [seconds, microseconds] = await direct!.time();
      return Number(seconds) * 1_000_000 + Number(microseconds);
    };
    const steps = fc.array(
      fc.record({ waitMs: fc.integer({ min: 0, max: 900_000 }), takes: fc.integer({ min: 1, max: 8 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), steps, async (limit, sequence) => {
        await direct!.flushall();
        const budget = { limit, periodSeconds: 3600 };
        // Real time passes as well, so the bucket is asked for the earliest and the latest moment of each take.
        const [slowest, fastest] = [createLeakyBucket(limit, 3600), createLeakyBucket(limit, 3600)];
        const start = await timeOf();
        let put = 0;
        let allowed = 0;
        for (const { waitMs, takes } of sequence) {
          await elapse(waitMs);
          put += waitMs * 1000;
          for (let n = 0; n < takes; n++) {
            slowest.leakUntil(put);
            const verdict = await limiter.take('alice', [budget]);
            fastest.leakUntil(put + (await timeOf()) - start);
            const [atLeast, atMost] = [slowest.waitForRoom() === 0, fastest.waitForRoom() === 0];
            if (atLeast === atMost) expect(verdict.allowed).toBe(atLeast);
            if (verdict.allowed) {
              allowed++;
              slowest.fill();
              fastest.fill();
            }
          }
        }
        expect(allowed).toBeLessThanOrEqual(
          limit + ((put + (await timeOf()) - start) / 3_600_000_000) * limit,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('treats a value that is not a number as never spent, and overwrites it', async () => {
    const limiter = createRedisLimiter(connections[0]!);
    await direct!.lpush('ciel:limit:{alice}:3600', 'not a number');
    await direct!.set('ciel:limit:{bob}:3600', 'not a number');
    for (const name of ['alice', 'bob']) {
      expect(await limiter.take(name, [hourly])).toMatchObject({ allowed: true, remaining: 49 });
      expect(await limiter.take(name, [hourly])).toMatchObject({ allowed: true, remaining: 48 });
    }
  });

  it('goes on after a flush of keys and of scripts', async () => {
    const limiter = createRedisLimiter(connections[0]!);
    await limiter.take('alice', [hourly]);
    await direct!.flushall();
    await direct!.script('FLUSH');
    expect(await limiter.take('alice', [hourly])).toMatchObject({ allowed: true, remaining: 49 });
  });
});
