/** Allows `limit` requests at once, and refills evenly over the period. */
export interface Budget {
  /** At least 1. */
  limit: number;
  periodSeconds: number;
}

export interface LimitState {
  limit: number;
  remaining: number;
  /** Time until the budget is full again, ms. */
  resetMs: number;
}

export interface Verdict extends LimitState {
  allowed: boolean;
  /** 0 when allowed; otherwise the time after which the same request passes, ms. */
  retryAfterMs: number;
}

/**
 * Limits rates by GCRA. A subject is an opaque string, and its budgets differ in their periods; all budgets of one take are spent
 * together or not at all. When a limit changes, the spent proportion stays the same.
 */
export interface Limiter {
  /** The verdict describes the tightest of the budgets. */
  take(subject: string, budgets: Budget[]): Promise<Verdict>;
  /** The states of the budgets, without spending. */
  peek(subject: string, budgets: Budget[]): Promise<LimitState[]>;
  close(): Promise<void>;
}
