/** After which events a stream goes on. Transactions of a lower number may still commit later than a higher one, so it stays below all open ones. */
export interface EventPosition {
  xid: bigint;
  id: bigint;
}

const FORM = /^(\d{1,18})\.(\d{1,18})\.(\d{13})$/;
/** Less than the hour for which events are kept. */
const GOOD_FOR_MS = 50 * 60_000;

/** With the time at which nothing before it was left to send. */
export const eventId = ({ xid, id }: EventPosition): string => `${xid}.${id}.${Date.now()}`;

/** Null for what no stream has sent, or too long ago. */
export function positionOf(text: string): EventPosition | null {
  const [, xid, id, ms] = FORM.exec(text) ?? [];
  if (!xid || !id || Math.abs(Date.now() - Number(ms)) > GOOD_FOR_MS) return null;
  return { xid: BigInt(xid), id: BigInt(id) };
}
