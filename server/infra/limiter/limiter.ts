/** A budget: `limit` at once, refilled evenly over the period. */
export interface Budget {
  /** At least 1. */
  limit: number;
  periodSeconds: number;
}

export interface LimitState {
  limit: number;
  remaining: number;
  /** Until the budget is whole again, ms. */
  resetMs: number;
}

export interface Verdict extends LimitState {
  allowed: boolean;
  /** 0 when allowed; otherwise after exactly so long the same request passes, ms. */
  retryAfterMs: number;
}

/**
 * GCRA. A subject is an opaque string, and its budgets differ in their periods; all budgets of one take are spent together or
 * not at all. When a limit changes, what was spent stays spent in proportion.
 */
export interface Limiter {
  /** The verdict describes the tightest of the budgets. */
  take(subject: string, budgets: Budget[]): Promise<Verdict>;
  /** The states of the budgets, nothing spent. */
  peek(subject: string, budgets: Budget[]): Promise<LimitState[]>;
  close(): Promise<void>;
}
