/** What an account that is new on a device adds to its risk, by how many accounts are there already. */
const ADDED = [
  { upTo: 2, risk: 5 },
  { upTo: 5, risk: 15 },
  { upTo: 10, risk: 30 },
  { upTo: Number.POSITIVE_INFINITY, risk: 50 },
];

const MOST = 100;

/** Above it a sign-up is looked at by an operator. */
export const REVIEW_ABOVE = 80;

export function riskWithOneMore(risk: number, accountsThere: number): number {
  const { risk: added } = ADDED.find(({ upTo }) => accountsThere <= upTo)!;
  return Math.min(MOST, risk + added);
}
