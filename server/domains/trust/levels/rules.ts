export const VERIFIED = 3;

export interface Requirement {
  level: 1 | 2;
  ageDays: number;
  posts: number;
  points: number;
  /** The number of upheld reports about the user or their content must be below this. */
  flagsUnder: number;
}

export const BASIC: Requirement = { level: 1, ageDays: 7, posts: 5, points: 20, flagsUnder: 5 };
export const TRUSTED: Requirement = { level: 2, ageDays: 90, posts: 50, points: 200, flagsUnder: 3 };

/** Number of strikes in force below which a user can be more than New. */
export const STRIKES_UNDER = 3;

export const STRIKE_DAYS = 180;

export interface TrustStatus {
  trustLevel: number;
  ageDays: number;
  posts: number;
  points: number;
  flags: number;
  strikesInForce: number;
}

/** The level by the requirements; only operators give and remove Verified. */
export function levelOf(status: TrustStatus): number {
  return status.trustLevel === VERIFIED ? VERIFIED : earnedLevel(status);
}

export function earnedLevel(status: TrustStatus): number {
  if (status.strikesInForce >= STRIKES_UNDER) return 0;
  return [TRUSTED, BASIC].find((requirement) => meets(status, requirement))?.level ?? 0;
}

const meets = (status: TrustStatus, { ageDays, posts, points, flagsUnder }: Requirement): boolean =>
  status.ageDays >= ageDays && status.posts >= posts && status.points >= points && status.flags < flagsUnder;

/** How many days this number of strikes in force bans for; 0: none. */
export function banDays(strikesInForce: number): number {
  if (strikesInForce < STRIKES_UNDER) return 0;
  return strikesInForce === 3 ? 7 : strikesInForce === 4 ? 30 : 365;
}
