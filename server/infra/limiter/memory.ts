import { LRUCache } from 'lru-cache';
import { arrive, statesAt } from './gcra.ts';
import type { Budget, Limiter } from './limiter.ts';

interface MemoryLimiterOptions {
  /** Milliseconds of any monotonic clock. */
  now?: () => number;
  /** Pairs of subject and period that are kept; beyond that, the least recently used are evicted. */
  maxEntries?: number;
}

/** For one process, or while Redis is unavailable. */
export function createMemoryLimiter({
  now = () => performance.now(),
  maxEntries = 100_000,
}: MemoryLimiterOptions = {}): Limiter {
  const tats = new LRUCache<string, number>({ max: maxEntries });
  const microseconds = () => Math.floor(now() * 1000);
  const keyOf = (subject: string, { periodSeconds }: Budget) => `${periodSeconds} ${subject}`;
  const stored = (subject: string, budgets: Budget[]) =>
    budgets.map((budget) => tats.get(keyOf(subject, budget)) ?? null);

  return {
    async take(subject, budgets) {
      const arrival = arrive(microseconds(), stored(subject, budgets), budgets);
      if (arrival.verdict.allowed) {
        for (const [i, budget] of budgets.entries()) tats.set(keyOf(subject, budget), arrival.tats[i]!);
      }
      return arrival.verdict;
    },
    async peek(subject, budgets) {
      return statesAt(microseconds(), stored(subject, budgets), budgets);
    },
    async close() {
      tats.clear();
    },
  };
}
