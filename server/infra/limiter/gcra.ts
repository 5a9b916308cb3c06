import type { Budget, LimitState, Verdict } from './limiter.ts';

/**
 * The generic cell rate algorithm (ITU-T I.371), virtual scheduling: a budget is stored as its theoretical arrival time (TAT), when
 * it is full again. Times are whole microseconds, which doubles represent exactly both here and in Lua.
 */
export interface Pace {
  /** Time between two requests at the steady rate, µs. */
  interval: number;
  /** How far ahead the TAT may be, which is the whole budget, µs. */
  burst: number;
}

export function paceOf({ limit, periodSeconds }: Budget): Pace {
  const interval = Math.max(1, Math.ceil((periodSeconds * 1_000_000) / limit));
  return { interval, burst: interval * Math.floor(limit) };
}

/** The TAT that counts at `now`: never in the past, and never further ahead than a spent budget, even if the clock was set back. */
export const effectiveTat = (now: number, tat: number | null, { burst }: Pace) =>
  Math.min(Math.max(tat ?? now, now), now + burst);

export interface Arrival {
  verdict: Verdict;
  /** To be stored, one per budget; unchanged when refused. */
  tats: number[];
}

/** Decides one request at `now`, µs. The TATs are in the order of the budgets, null for a budget that was never spent. */
export function arrive(now: number, tats: (number | null)[], budgets: Budget[]): Arrival {
  const before = budgets.map((budget, i) => effectiveTat(now, tats[i] ?? null, paceOf(budget)));
  const after = budgets.map((budget, i) => before[i]! + paceOf(budget).interval);
  const waits = budgets.map((budget, i) => Math.max(0, after[i]! - paceOf(budget).burst - now));
  const longest = Math.max(0, ...waits);
  const kept = longest > 0 ? before : after;
  const states = statesAt(now, kept, budgets);
  const tightest = longest > 0 ? states[waits.indexOf(longest)] : states.toSorted(byTightness)[0];
  if (!tightest) throw new RangeError('A take needs a budget');
  return { verdict: { allowed: longest === 0, ...tightest, retryAfterMs: inMs(longest) }, tats: kept };
}

export function statesAt(now: number, tats: (number | null)[], budgets: Budget[]): LimitState[] {
  return budgets.map((budget, i) => {
    const pace = paceOf(budget);
    const ahead = effectiveTat(now, tats[i] ?? null, pace) - now;
    return {
      limit: budget.limit,
      remaining: Math.floor((pace.burst - ahead) / pace.interval),
      resetMs: inMs(ahead),
    };
  });
}

const byTightness = (a: LimitState, b: LimitState) => a.remaining - b.remaining || b.resetMs - a.resetMs;

const inMs = (microseconds: number) => Math.ceil(microseconds / 1000);
