import type { Log } from '../log/log.ts';
import type { Limiter } from './limiter.ts';

/**
 * Uses the shared limiter and, while that fails, the local one with the same budgets. Every allowed take is recorded locally too, so
 * that losing Redis gives nobody a fresh budget in this process.
 */
export function createFallbackLimiter(shared: Limiter, local: Limiter, log: Log): Limiter {
  let isLocal = false;

  async function ask<T>(fromShared: () => Promise<T>, fromLocal: () => Promise<T>): Promise<T> {
    try {
      const answer = await fromShared();
      if (isLocal) log.info({}, 'rate limits are shared again');
      isLocal = false;
      return answer;
    } catch (err) {
      if (!isLocal) log.warn({ err }, 'rate limits are counted in this process only');
      isLocal = true;
      return fromLocal();
    }
  }

  return {
    take: (subject, budgets) =>
      ask(
        async () => {
          const verdict = await shared.take(subject, budgets);
          if (verdict.allowed) await local.take(subject, budgets);
          return verdict;
        },
        () => local.take(subject, budgets),
      ),
    peek: (subject, budgets) =>
      ask(
        () => shared.peek(subject, budgets),
        () => local.peek(subject, budgets),
      ),
    async close() {
      await shared.close();
      await local.close();
    },
  };
}
