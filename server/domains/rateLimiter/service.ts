import { createHash } from 'node:crypto';
import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { type BudgetState, CielError } from '../../core/errors.ts';
import {
  type AddressLimitName,
  accountLimits,
  addressLimits,
  isUserLimit,
  type LimitName,
  scaled,
  type UserLimitName,
  userBudgets,
  userLimits,
} from '../../core/limits.ts';
import type { Budget, LimitState, Verdict } from '../../infra/limiter/limiter.ts';
import type { RateLimits } from './contract.ts';
import { networkOf } from './network.ts';

export { networkOf } from './network.ts';

export interface Spender {
  viewer: Viewer | null;
  address: string | null;
}

interface Bucket {
  subject: string;
  budgets: Budget[];
}

/** Throws `rate_limited`. Where users have a bucket of their own, anonymous callers spend the one for anonymous reads. */
export async function spend(app: App, name: LimitName, { viewer, address }: Spender): Promise<BudgetState> {
  return take(app, bucketOf(app, name, viewer, address));
}

/** Spends the account's budget of sign-in attempts, shared by all addresses; the identifier may belong to nobody. */
export async function spendLoginForAccount(app: App, identifier: string): Promise<BudgetState> {
  const digest = createHash('sha256').update(identifier.toLowerCase()).digest('base64url');
  return take(app, { subject: `account ${digest} login`, budgets: [factored(app, accountLimits.login)] });
}

/** Spends a signed-in user's budget of password checks; it is separate, so that strangers can't spend it. */
export const spendPasswordCheck = (app: App, userId: string): Promise<BudgetState> =>
  take(app, { subject: `account ${userId} password`, budgets: [factored(app, accountLimits.password)] });

async function take(app: App, { subject, budgets }: Bucket): Promise<BudgetState> {
  const verdict = await app.limiter.take(subject, budgets);
  if (verdict.allowed) return stateOf(verdict);
  const retryAfterSeconds = Math.ceil(verdict.retryAfterMs / 1000);
  throw new CielError('rate_limited', { retryAfterSeconds, budget: stateOf(verdict) });
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

function bucketOf(app: App, name: LimitName, viewer: Viewer | null, address: string | null): Bucket {
  if (!isUserLimit(name)) return addressBucket(app, name, address);
  return viewer ? userBucket(app, name, viewer) : addressBucket(app, 'anonymousRead', address);
}

const userBucket = (app: App, name: UserLimitName, { id, trustLevel }: Viewer): Bucket => ({
  subject: `user ${id} ${name}`,
  budgets: userBudgets(name, trustLevel, app.settings.rateLimitFactor),
});

function addressBucket(app: App, name: AddressLimitName, address: string | null): Bucket {
  const { limit, periodSeconds } = addressLimits[name];
  const configured = name === 'signup' ? app.settings.signupsPerAddressPerDay : limit;
  return {
    subject: `address ${networkOf(address)} ${name}`,
    budgets: [factored(app, { limit: configured, periodSeconds })],
  };
}

const factored = (app: App, { limit, periodSeconds }: Budget): Budget => ({
  limit: scaled(limit, app.settings.rateLimitFactor),
  periodSeconds,
});

const stateOf = ({ limit, remaining, resetMs }: LimitState | Verdict): BudgetState => ({
  limit,
  remaining,
  resetSeconds: Math.ceil(resetMs / 1000),
});
