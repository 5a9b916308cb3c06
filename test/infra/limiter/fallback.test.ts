import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis, type RedisConnection } from '../../../server/infra/cache/connectRedis.ts';
import { createFallbackLimiter } from '../../../server/infra/limiter/fallback.ts';
import type { Limiter } from '../../../server/infra/limiter/limiter.ts';
import { createMemoryLimiter } from '../../../server/infra/limiter/memory.ts';
import { createRedisLimiter } from '../../../server/infra/limiter/redis.ts';
import { silentLog } from '../../../server/infra/log/log.ts';
import { type FaultProxy, startFaultProxy } from '../../support/faultProxy.ts';
import { startRedis, untilAnswers } from '../../support/redis.ts';

const server = await startRedis('the limiter that falls back from a real Redis');

afterAll(() => server?.stop());

describe.skipIf(!server)('a limiter whose Redis goes away', () => {
  const hourly = { limit: 20, periodSeconds: 3600 };
  let proxy: FaultProxy;
  let connection: RedisConnection;
  let limiter: Limiter;
  let subject: string;
  let subjects = 0;

  beforeEach(async () => {
    proxy = await startFaultProxy(server!.port);
    connection = connectRedis(`redis://127.0.0.1:${proxy.port}`, silentLog);
    limiter = createFallbackLimiter(createRedisLimiter(connection), createMemoryLimiter(), silentLog);
    subject = `user ${++subjects}`;
    await untilAnswers(connection);
  });
  afterEach(async () => {
    await connection.close();
    await proxy.close();
  });

  async function allowedOf(takes: number) {
    let allowed = 0;
    for (let n = 0; n < takes; n++) if ((await limiter.take(subject, [hourly])).allowed) allowed++;
    return allowed;
  }

  it.each(['refused', 'silent'] as const)(
    'is never unlimited and never fails while it is %s',
    async (kind) => {
      await proxy.set({ kind });
      expect(await allowedOf(10_000)).toBe(20);
      expect(await limiter.peek(subject, [hourly])).toMatchObject([{ remaining: 0 }]);
    },
  );

  it('gives no fresh budget to who has spent it', async () => {
    expect(await allowedOf(15)).toBe(15);
    await proxy.set({ kind: 'refused' });
    expect(await allowedOf(100)).toBe(5);
  });

  it('allows no more than twice the budget in all, and shares it again when Redis is back', async () => {
    await proxy.set({ kind: 'refused' });
    expect(await allowedOf(100)).toBe(20);
    await proxy.set({ kind: 'none' });
    await untilAnswers(connection);
    expect(await allowedOf(100)).toBe(20);
    await proxy.set({ kind: 'refused' });
    expect(await allowedOf(100)).toBe(0);
    await proxy.set({ kind: 'none' });
    await untilAnswers(connection);
    expect(await allowedOf(100)).toBe(0);
  });
});
