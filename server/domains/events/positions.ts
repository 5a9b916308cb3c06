/**
 * A stream continues after this position. A transaction with a lower number may commit after one with a higher
 * number, so the position stays below all open transactions.
 */
export interface EventPosition {
  xid: bigint;
  id: bigint;
}

const FORM = /^(\d{1,18})\.(\d{1,18})\.(\d{13})\.(\d{1,15})$/;
/** Less than the hour for which events are kept. */
const GOOD_FOR_MS = 50 * 60_000;

/** Contains the time at which everything up to the position had been sent, and the listening run that it belongs to. */
export const eventId = ({ xid, id }: EventPosition, run: string): string =>
  `${xid}.${id}.${Date.now()}.${run}`;

/** Null for an id that no stream has sent, one that is too old, or one from before a pause in listening. */
export function positionOf(text: string, ofRun: string): EventPosition | null {
  const [, xid, id, ms, run] = FORM.exec(text) ?? [];
  if (!xid || !id || run !== ofRun || Math.abs(Date.now() - Number(ms)) > GOOD_FOR_MS) return null;
  return { xid: BigInt(xid), id: BigInt(id) };
}
