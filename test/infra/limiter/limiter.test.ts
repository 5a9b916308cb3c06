import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis } from '../../../server/infra/cache/connectRedis.ts';
import type { Limiter } from '../../../server/infra/limiter/limiter.ts';
import { createMemoryLimiter } from '../../../server/infra/limiter/memory.ts';
import { silentLog } from '../../../server/infra/log/log.ts';
import { openRedisLimiter } from '../../support/limiters.ts';
import { startRedis, untilAnswers } from '../../support/redis.ts';

/** These tests are about results, and a busy machine may take its time for them. */
const PATIENT_MS = 5000;

interface TestLimiter {
  limiter: Limiter;
  /** Lets the limiter's time pass. */
  elapse(ms: number): Promise<void>;
}

function openMemoryLimiter(): TestLimiter {
  let time = 1_700_000_000_000;
  return {
    limiter: createMemoryLimiter({ now: () => time }),
    async elapse(ms) {
      time += ms;
    },
  };
}

const server = await startRedis('the limiter on a real Redis');
const connection = server && connectRedis(server.url, silentLog, PATIENT_MS);

beforeAll(async () => {
  if (connection) await untilAnswers(connection);
});
afterAll(async () => {
  await connection?.close();
  await server?.stop();
});

const adapters: [string, () => TestLimiter][] = [['in memory', openMemoryLimiter]];
if (connection) adapters.push(['on Redis', () => openRedisLimiter(connection)]);

describe.each(adapters)('a limiter %s', (_name, open) => {
  const hourly = { limit: 5, periodSeconds: 3600 };
  const daily = { limit: 7, periodSeconds: 86_400 };
  let limiter: Limiter;
  let elapse: TestLimiter['elapse'];
  let subject: string;
  let subjects = 0;

  beforeEach(() => {
    ({ limiter, elapse } = open());
    subject = `user ${++subjects}`;
  });

  const takeAll = async (count: number, budgets = [hourly]) => {
    const verdicts = [];
    for (let n = 0; n < count; n++) verdicts.push(await limiter.take(subject, budgets));
    return verdicts;
  };

  it('allows the whole budget at once, and not one more', async () => {
    const verdicts = await takeAll(7);
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true, false, false]);
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0]);
    expect(verdicts.every(({ limit }) => limit === 5)).toBe(true);
  });

  it('lets the same request pass after exactly the time it named, and not before', async () => {
    await takeAll(5);
    const [refused] = await takeAll(1);
    expect(refused!.retryAfterMs).toBeLessThanOrEqual(720_000);
    await elapse(refused!.retryAfterMs - 60_000);
    const [tooEarly] = await takeAll(1);
    expect(tooEarly).toMatchObject({ allowed: false });
    expect(tooEarly!.retryAfterMs).toBeLessThanOrEqual(60_000);
    await elapse(tooEarly!.retryAfterMs);
    expect(await takeAll(2)).toMatchObject([{ allowed: true, retryAfterMs: 0 }, { allowed: false }]);
  });

  it('is whole again after the time it named', async () => {
    const [, second] = await takeAll(2);
    await elapse(second!.resetMs);
    expect(await limiter.peek(subject, [hourly])).toEqual([{ limit: 5, remaining: 5, resetMs: 0 }]);
  });

  it('spends all budgets or none, and describes the tightest', async () => {
    const budgets = [hourly, daily];
    expect((await takeAll(6, budgets)).at(-1)).toMatchObject({ allowed: false, limit: 5 });
    expect(await limiter.peek(subject, budgets)).toMatchObject([{ remaining: 0 }, { remaining: 2 }]);
    await elapse(3_600_000);
    const verdicts = await takeAll(3, budgets);
    expect(verdicts).toMatchObject([
      { allowed: true, limit: 7, remaining: 1 },
      { allowed: true, limit: 7, remaining: 0 },
      { allowed: false, limit: 7, remaining: 0 },
    ]);
    expect((await limiter.peek(subject, budgets))[0]!.remaining).toBe(3);
  });

  it('spends nothing when it is only asked', async () => {
    await takeAll(2);
    const first = await limiter.peek(subject, [hourly, daily]);
    const second = await limiter.peek(subject, [hourly, daily]);
    expect(first).toMatchObject([
      { limit: 5, remaining: 3 },
      { limit: 7, remaining: 7, resetMs: 0 },
    ]);
    expect(second).toMatchObject([{ remaining: 3 }, { remaining: 7 }]);
  });

  it('keeps subjects apart', async () => {
    await takeAll(5);
    expect(await limiter.take(`another ${subject}`, [hourly])).toMatchObject({
      allowed: true,
      remaining: 4,
    });
  });

  it('gives no fresh budget when the limit changes', async () => {
    await takeAll(5);
    const wider = { limit: 20, periodSeconds: 3600 };
    expect(await limiter.take(subject, [wider])).toMatchObject({ allowed: false, limit: 20 });
    await elapse(180_000);
    expect(await limiter.take(subject, [wider])).toMatchObject({ allowed: true, remaining: 0 });
  });
});
