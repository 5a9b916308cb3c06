import type { Redis } from 'ioredis';
import type { RedisConnection } from '../cache/connectRedis.ts';
import { arrive, paceOf, statesAt } from './gcra.ts';
import type { Budget, Limiter } from './limiter.ts';

/**
 * The same decision as `arrive` in gcra.ts, made inside Redis; returns the time and the TATs from before the decision. Uses the clock
 * of Redis, so that processes agree. A key whose value is not a number counts as never spent.
 */
const SPEND = `
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local spends = ARGV[1] == '1'
local passes = true
local tats = {}
for i, key in ipairs(KEYS) do
  local interval, burst = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local stored = redis.pcall('GET', key)
  local tat = type(stored) == 'string' and tonumber(stored) or now
  tats[i] = math.min(math.max(tat, now), now + burst)
  if tats[i] + interval - burst > now then passes = false end
end
if spends and passes then
  for i, key in ipairs(KEYS) do
    local tat = tats[i] + tonumber(ARGV[2 * i])
    redis.call('SET', key, string.format('%.0f', tat), 'PX', math.ceil((tat - now) / 1000))
  end
end
return {now, unpack(tats)}
`;

interface WithSpend extends Redis {
  spendBudgets(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<number[]>;
}

/** Throws RedisUnavailable when Redis can't be reached; closing the limiter leaves the connection open. */
export function createRedisLimiter(redis: RedisConnection): Limiter {
  redis.client.defineCommand('spendBudgets', { lua: SPEND });

  async function ask(subject: string, budgets: Budget[], spends: boolean) {
    // The braces keep all keys of a subject in one cluster slot.
    const keys = budgets.map(({ periodSeconds }) => `limit:{${subject}}:${periodSeconds}`);
    const paces = budgets.map(paceOf).flatMap(({ interval, burst }) => [interval, burst]);
    const [now, ...tats] = await redis.run((client) =>
      (client as WithSpend).spendBudgets(keys.length, ...keys, spends ? 1 : 0, ...paces),
    );
    return { now: now!, tats };
  }

  return {
    async take(subject, budgets) {
      const { now, tats } = await ask(subject, budgets, true);
      return arrive(now, tats, budgets).verdict;
    },
    async peek(subject, budgets) {
      const { now, tats } = await ask(subject, budgets, false);
      return statesAt(now, tats, budgets);
    },
    async close() {},
  };
}
