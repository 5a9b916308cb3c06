/** How much a new account on a device adds to its risk, by the number of accounts already seen there. */
const ADDED = [
  { upTo: 2, risk: 5 },
  { upTo: 5, risk: 15 },
  { upTo: 10, risk: 30 },
  { upTo: Number.POSITIVE_INFINITY, risk: 50 },
];

const MOST = 100;

/** Above this risk, an operator reviews the sign-up. */
export const REVIEW_ABOVE = 80;

export function riskWithOneMore(risk: number, accountsThere: number): number {
  const { risk: added } = ADDED.find(({ upTo }) => accountsThere <= upTo)!;
  return Math.min(MOST, risk + added);
}
