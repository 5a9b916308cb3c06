import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRedis, type RedisConnection } from '../../server/infra/cache/connectRedis.ts';
import { createFallbackLimiter } from '../../server/infra/limiter/fallback.ts';
import { createMemoryLimiter } from '../../server/infra/limiter/memory.ts';
import { createRedisLimiter } from '../../server/infra/limiter/redis.ts';
import { silentLog } from '../../server/infra/log/log.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { createLimitedServer } from '../support/limitedServer.ts';
import { startRedis, untilAnswers } from '../support/redis.ts';
import { createWorld, type Person, type World } from '../support/world.ts';

const PER_HOUR = 10;

const redis = await startRedis('limits over HTTP without their Redis');

describe.skipIf(!redis)('when Redis goes away in the middle of a flood of sign-ins', () => {
  let world: World;
  let proxy: FaultProxy;
  let connection: RedisConnection;
  let server: FastifyInstance;
  let alice: Person;
  beforeAll(async () => {
    world = await createWorld();
    ({ alice } = await world.people('alice'));
    proxy = await startFaultProxy(redis!.port);
    connection = connectRedis(`redis://127.0.0.1:${proxy.port}`, silentLog);
    await untilAnswers(connection);
    const limiter = createFallbackLimiter(createRedisLimiter(connection), createMemoryLimiter(), silentLog);
    server = await createLimitedServer(world, { ...world.app, limiter });
  });
  afterAll(async () => {
    await server.close();
    await connection.close();
    await proxy.close();
    await world.close();
    await redis!.stop();
  });

  const guess = (n: number) =>
    server.inject({
      method: 'POST',
      url: '/v1/auth/login',
      payload: { identifier: 'alice', password: `guess ${n}` },
    });

  test('ten thousand of them have no more than twice the budget, each other is refused with a time, and reads go on', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 10_000; n++) {
      if (n === 5) await proxy.set({ kind: 'refused' });
      const { statusCode, headers } = await guess(n);
      statuses.push(statusCode);
      if (statusCode === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      if (n % 100 === 50) {
        const authorization = `Bearer ${alice.tokens.accessToken}`;
        const read = await server.inject({ url: `/v1/users/${alice.id}`, headers: { authorization } });
        expect(read.statusCode).toBe(200);
      }
    }
    const heard = statuses.filter((status) => status === 401).length;
    expect(heard).toBeGreaterThanOrEqual(PER_HOUR);
    expect(heard).toBeLessThanOrEqual(2 * PER_HOUR);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10_000 - heard);
  }, 120_000);
});
