import { type App, inTransaction } from '../../../core/app.ts';
import type { Position } from '../../../core/cursors.ts';
import { holdUser } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { setTrustLevel } from '../../users/public.ts';
import { findInviter } from '../points/queries.ts';
import { findAged, findEnded, findTrustStatus } from './queries.ts';
import { BASIC, levelOf, TRUSTED } from './rules.ts';

/** Makes the level of a locked user agree with the requirements. */
export async function recompute(app: App, userId: string): Promise<void> {
  const status = await findTrustStatus(app.db, userId);
  if (status) await changeLevel(app, userId, status.trustLevel, levelOf(status));
}

/** Sets the level of a locked user. Their inviter's points are reconciled when they reach Basic or fall below it. */
export async function changeLevel(app: App, userId: string, from: number, to: number): Promise<void> {
  if (from === to) return;
  await setTrustLevel(app, userId, to);
  if (from > 0 === to > 0) return;
  const inviterId = await findInviter(app.db, userId);
  if (inviterId === null) return;
  await enqueue(app, 'trust.settle', {
    change: { userId: inviterId, act: 'invitedBasic', sourceId: userId },
  });
}

const AT_ONCE = 100;

/** Where the last step ended; kept from turn to turn. */
interface Turn {
  progress: string | null;
}

interface Row extends Position {
  userId: string;
}

/** Updates the levels of users who became old enough for one since the last turn; returns how many were checked. */
export async function levelWithAge(app: App, turn: Turn): Promise<number> {
  const [basic = null, trusted = null] = read(turn);
  const forBasic = await findAged(app.db, BASIC.ageDays, basic, AT_ONCE);
  const forTrusted = await findAged(app.db, TRUSTED.ageDays, trusted, AT_ONCE);
  return look(app, turn, [forBasic, forTrusted], [basic, trusted]);
}

/** Updates the levels of users with a strike that has ended since. */
export async function levelAfterStrikes(app: App, turn: Turn): Promise<number> {
  const [last = null] = read(turn);
  return look(app, turn, [await findEnded(app.db, last, AT_ONCE)], [last]);
}

const read = ({ progress }: Turn): (Position | null)[] => (progress === null ? [] : JSON.parse(progress));

async function look(app: App, turn: Turn, found: Row[][], before: (Position | null)[]): Promise<number> {
  const rows = found.flat();
  for (const userId of new Set(rows.map((row) => row.userId))) await recomputeOne(app, userId);
  const positions = found.map((part, index) => {
    const last = part.at(-1);
    return last ? { at: last.at, id: last.id } : before[index];
  });
  turn.progress = JSON.stringify(positions);
  return rows.length;
}

/** Checks before it locks, because most levels do not change. */
async function recomputeOne(app: App, userId: string): Promise<void> {
  const status = await findTrustStatus(app.db, userId);
  if (!status || levelOf(status) === status.trustLevel) return;
  await inTransaction(app, async (app) => {
    if (await holdUser(app.db, userId)) await recompute(app, userId);
  });
}
