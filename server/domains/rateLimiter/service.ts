import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { BudgetState } from '../../core/errors.ts';
import { addressLimits, isUserLimit, type LimitName, userLimits } from '../../core/limits.ts';
import type { RateLimits } from './contract.ts';
import { bucketOf, type Spender, stateOf, take } from './public.ts';

/** Throws `rate_limited`. Where users have a bucket of their own, anonymous callers spend the one for anonymous reads. */
export async function spend(app: App, name: LimitName, { viewer, address }: Spender): Promise<BudgetState> {
  return take(app, bucketOf(app, name, viewer, address));
}

/** The state of every bucket of the viewer and of their address. */
export async function readRateLimits(app: App, viewer: Viewer, address: string | null): Promise<RateLimits> {
  const names = [...Object.keys(userLimits), ...Object.keys(addressLimits)] as LimitName[];
  const buckets = names.map(async (name) => {
    const { subject, budgets } = bucketOf(app, name, viewer, address);
    const states = await app.limiter.peek(subject, budgets);
    return states.map((state, i) => ({
      bucket: name,
      per: isUserLimit(name) ? ('user' as const) : ('address' as const),
      periodSeconds: budgets[i]!.periodSeconds,
      ...stateOf(state),
    }));
  });
  return { trustLevel: viewer.trustLevel, buckets: (await Promise.all(buckets)).flat() };
}
