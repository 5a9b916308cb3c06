import { deepStrictEqual as deepEqual } from 'node:assert';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryLimiter } from '../../../server/infra/limiter/memory.ts';
import { createLeakyBucket } from '../../support/limiters.ts';

const budget = fc.record({
  limit: fc.integer({ min: 1, max: 30 }),
  periodSeconds: fc.constantFrom(1, 7, 60, 3600, 86_400),
});
const budgets = fc.uniqueArray(budget, {
  minLength: 1,
  maxLength: 3,
  selector: ({ periodSeconds }) => periodSeconds,
});
const step = fc.record({
  waitMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 0, max: 100_000_000 }),
  ),
  subject: fc.constantFrom('alice', 'bob'),
});

it('equals a leaky bucket for every sequence of requests', async () => {
  await fc.assert(
    fc.asyncProperty(budgets, fc.array(step, { maxLength: 60 }), async (limits, steps) => {
      const actual: unknown[] = [];
      const expected: unknown[] = [];
      let time = 0;
      const limiter = createMemoryLimiter({ now: () => time, maxEntries: 10 });
      const make = () => limits.map(({ limit, periodSeconds }) => createLeakyBucket(limit, periodSeconds));
      const buckets = { alice: make(), bob: make() };
      for (const { waitMs, subject } of steps) {
        time += waitMs;
        const mine = buckets[subject];
        for (const bucket of mine) bucket.leakUntil(time * 1000);
        const wait = Math.max(...mine.map((bucket) => bucket.waitForRoom()));
        if (wait === 0) for (const bucket of mine) bucket.fill();
        const { allowed, retryAfterMs } = await limiter.take(subject, limits);
        actual.push([allowed, retryAfterMs, await limiter.peek(subject, limits)]);
        const states = mine.map((bucket, i) => ({
          limit: limits[i]!.limit,
          remaining: bucket.room(),
          resetMs: Math.ceil(bucket.level() / 1000),
        }));
        expected.push([wait === 0, Math.ceil(wait / 1000), states]);
      }
      deepEqual(actual, expected);
    }),
    { numRuns: 1000 },
  );
});

it('names a time after which the request passes, and one millisecond before which it does not', async () => {
  await fc.assert(
    fc.asyncProperty(budgets, fc.integer({ min: 0, max: 5000 }), async (limits, pauseMs) => {
      let time = 0;
      const limiter = createMemoryLimiter({ now: () => time, maxEntries: 10 });
      let verdict = await limiter.take('alice', limits);
      while (verdict.allowed) {
        verdict = await limiter.take('alice', limits);
      }
      time += Math.min(pauseMs, verdict.retryAfterMs - 1);
      const { retryAfterMs } = await limiter.take('alice', limits);
      time += retryAfterMs - 1;
      expect(await limiter.take('alice', limits)).toMatchObject({ allowed: false, retryAfterMs: 1 });
      time += 1;
      expect(await limiter.take('alice', limits)).toMatchObject({ allowed: true });
    }),
  );
});

it('lets nobody wait longer than the time for one request, even if the clock is set back', async () => {
  let time = 1_000_000;
  const hourly = { limit: 60, periodSeconds: 3600 };
  const limiter = createMemoryLimiter({ now: () => time, maxEntries: 10 });
  for (let n = 0; n < 60; n++) await limiter.take('alice', [hourly]);
  time -= 500_000;
  expect(await limiter.take('alice', [hourly])).toMatchObject({ allowed: false, retryAfterMs: 60_000 });
});

it('forgets those not seen for longest when it remembers too many', async () => {
  const limiter = createMemoryLimiter({ maxEntries: 2 });
  const once = [{ limit: 1, periodSeconds: 3600 }];
  await limiter.take('alice', once);
  await limiter.take('bob', once);
  await limiter.take('carol', once);
  expect(await limiter.take('carol', once)).toMatchObject({ allowed: false });
  expect(await limiter.take('bob', once)).toMatchObject({ allowed: false });
  expect(await limiter.take('alice', once)).toMatchObject({ allowed: true });
});
