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
} from '../../core/limits.ts';
import { networkOf } from '../../core/network.ts';
import type { Budget, LimitState, Verdict } from '../../infra/limiter/limiter.ts';

export interface Spender {
  viewer: Viewer | null;
  address: string | null;
}

interface Bucket {
  subject: string;
  budgets: Budget[];
}

/** Spends the account's budget of sign-in attempts, shared by all addresses; the identifier may belong to nobody. */
export async function spendLoginForAccount(app: App, identifier: string): Promise<BudgetState> {
  const digest = createHash('sha256').update(identifier.toLowerCase()).digest('base64url');
  return take(app, { subject: `account ${digest} login`, budgets: [factored(app, accountLimits.login)] });
}

/** Spends a signed-in user's budget of password checks; it is separate, so that strangers can't spend it. */
export const spendPasswordCheck = (app: App, userId: string): Promise<BudgetState> =>
  take(app, { subject: `account ${userId} password`, budgets: [factored(app, accountLimits.password)] });

export async function take(app: App, { subject, budgets }: Bucket): Promise<BudgetState> {
  const verdict = await app.limiter.take(subject, budgets);
  if (verdict.allowed) return stateOf(verdict);
  const retryAfterSeconds = Math.ceil(verdict.retryAfterMs / 1000);
  throw new CielError('rate_limited', { retryAfterSeconds, budget: stateOf(verdict) });
}

export function bucketOf(app: App, name: LimitName, viewer: Viewer | null, address: string | null): Bucket {
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

export const stateOf = ({ limit, remaining, resetMs }: LimitState | Verdict): BudgetState => ({
  limit,
  remaining,
  resetSeconds: Math.ceil(resetMs / 1000),
});
