import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { BudgetState } from '../../core/errors.ts';
import { onceForKey } from '../../core/idempotency.ts';
import type { LimitName } from '../../core/limits.ts';
import { authenticate } from '../../domains/auth/service.ts';
import { spend } from '../../domains/rateLimiter/service.ts';

export interface KeyedCall {
  userId: string;
  key: string;
  procedure: string;
  input: unknown;
}

/** The checks between a request and a procedure. */
export interface RequestGuards {
  /** Throws `unauthenticated`. */
  authenticate(accessToken: string): Promise<Viewer>;
  /** Throws `rate_limited`. */
  spend(limit: LimitName, by: { viewer: Viewer | null; address: string }): Promise<BudgetState>;
  once<T>(call: KeyedCall, run: () => Promise<T>): Promise<T>;
}

export const createRequestGuards = (app: App): RequestGuards => ({
  authenticate: (accessToken) => authenticate(app, accessToken),
  spend: (limit, by) => spend(app, limit, by),
  once: (call, run) => onceForKey(app, call, run),
});
