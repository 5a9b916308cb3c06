/** After which events a stream goes on. Transactions of a lower number may still commit later than a higher one, so it stays below all open ones. */
export interface EventPosition {
  xid: bigint;
  id: bigint;
}

const FORM = /^(\d{1,18})\.(\d{1,18})\.(\d{13})\.(\d{1,15})$/;
/** Less than the hour for which events are kept. */
const GOOD_FOR_MS = 50 * 60_000;

/** With the time at which nothing before it was left to send, and the run of listening that it is of. */
export const eventId = ({ xid, id }: EventPosition, run: string): string =>
  `${xid}.${id}.${Date.now()}.${run}`;

/** Null for what no stream has sent, or too long ago, or before a pause in which nobody listened. */
export function positionOf(text: string, ofRun: string): EventPosition | null {
  const [, xid, id, ms, run] = FORM.exec(text) ?? [];
  if (!xid || !id || run !== ofRun || Math.abs(Date.now() - Number(ms)) > GOOD_FOR_MS) return null;
  return { xid: BigInt(xid), id: BigInt(id) };
}
