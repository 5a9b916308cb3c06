import type { Budget } from '../infra/limiter/limiter.ts';

const HOUR = 3600;
const DAY = 86400;

/** New, Basic, Trusted, Verified. */
type ByTrust = readonly [number, number, number, number];

interface UserLimit {
  perHour?: ByTrust;
  perDay?: ByTrust;
}

/** Spent by a signed-in user; the amounts depend on the trust level. */
export const userLimits = {
  post: { perHour: [1, 5, 20, 500], perDay: [5, 20, 100, 2000] },
  follow: { perHour: [5, 20, 100, 2000], perDay: [20, 100, 500, 10000] },
  unfollow: { perDay: [10, 50, 200, 5000] },
  like: { perHour: [30, 100, 500, 10000] },
  comment: { perHour: [10, 30, 100, 2000] },
  feed: { perHour: [120, 300, 1000, 20000] },
  notifications: { perHour: [120, 300, 1000, 20000] },
  search: { perHour: [60, 200, 600, 12000] },
  mediaRead: { perHour: [500, 1000, 3000, 10000] },
  mediaUpload: { perHour: [10, 30, 100, 500] },
  report: { perHour: [20, 50, 100, 2000] },
  /** Reads without a bucket of their own: profiles, posts, lists, settings. */
  read: { perHour: [600, 1500, 5000, 30000] },
  /** Writes without a bucket of their own: profile, settings, sessions, blocks, invites. */
  write: { perHour: [60, 150, 500, 3000] },
} as const satisfies Record<string, UserLimit>;

/** Spent by a client address; an IPv6 address counts as its /64. */
export const addressLimits = {
  login: { limit: 10, periodSeconds: HOUR },
  signup: { limit: 3, periodSeconds: DAY },
  refresh: { limit: 30, periodSeconds: HOUR },
  device: { limit: 30, periodSeconds: HOUR },
  inviteValidation: { limit: 60, periodSeconds: HOUR },
  health: { limit: 600, periodSeconds: 60 },
  anonymousRead: { limit: 600, periodSeconds: HOUR },
  admin: { limit: 1200, periodSeconds: HOUR },
} as const satisfies Record<string, Budget>;

/** Spent by an account. */
export const accountLimits = {
  /** Sign-in attempts from networks where the account has not signed in before. Strangers can spend it. */
  login: { limit: 100, periodSeconds: HOUR },
  /** Password checks of a signed-in user. */
  password: { limit: 100, periodSeconds: HOUR },
} as const satisfies Record<string, Budget>;

export type UserLimitName = keyof typeof userLimits;
export type AddressLimitName = keyof typeof addressLimits;
export type LimitName = UserLimitName | AddressLimitName;

export const isUserLimit = (name: LimitName): name is UserLimitName => name in userLimits;

/** The budgets of a bucket at a trust level, multiplied by the installation's factor. */
export function userBudgets(name: UserLimitName, trustLevel: number, factor: number): Budget[] {
  const { perHour, perDay }: UserLimit = userLimits[name];
  const at = (levels: ByTrust | undefined, periodSeconds: number) =>
    levels
      ? [{ limit: scaled(levels[trustLevel as 0 | 1 | 2 | 3] ?? levels[0], factor), periodSeconds }]
      : [];
  return [...at(perHour, HOUR), ...at(perDay, DAY)];
}

export const scaled = (limit: number, factor: number) => Math.max(1, Math.floor(limit * factor));
