import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import { holdInvitesOf } from '../../core/locks.ts';
import { recordAudit } from '../audit/public.ts';
import { newCode, readCode } from './codes.ts';
import type { AdminInvite, Invite, InviteStats, NewAdminInvite, NewInvite } from './contract.ts';
import * as queries from './queries.ts';
import { readIsFrozen } from './tree/queries.ts';
import { presentInvite } from './view.ts';

/** New, Basic, Trusted, Verified. */
const QUOTA = [3, 10, 50, 200] as const;

export async function isValidInvite(app: App, typed: string): Promise<boolean> {
  const code = readCode(typed);
  return code !== null && (await queries.isUsable(app.db, code));
}

export const createInvite = (app: App, viewer: Viewer, { daysValid }: NewInvite): Promise<Invite> =>
  inTransaction(app, async (app) => {
    await holdInvitesOf(app.db, viewer.id);
    if (await readIsFrozen(app.db, viewer.id)) throw new CielError('invites_frozen');
    const { remaining } = await readInviteStats(app, viewer.id);
    if (remaining <= 0) throw new CielError('invite_quota');
    const code = newCode();
    const row = await queries.insertInvite(app.db, {
      code,
      inviterId: viewer.id,
      daysValid,
      maxUses: 1,
      note: null,
    });
    return { ...presentInvite(row), redeemedBy: null };
  });

export const createAdminInvite = (
  app: App,
  actor: string,
  { daysValid, maxUses, note }: NewAdminInvite,
): Promise<AdminInvite> =>
  inTransaction(app, async (app) => {
    const code = newCode();
    const invite = { code, inviterId: null, daysValid, maxUses, note: note ?? null };
    const row = await queries.insertInvite(app.db, invite);
    const details = { daysValid, maxUses };
    await recordAudit(app, {
      actor,
      action: 'invite.create',
      subjectType: 'invite',
      subjectId: code,
      details,
    });
    return { ...presentInvite(row), maxUses: row.maxUses, uses: row.uses, note: row.note };
  });

export async function readInviteStats(app: App, inviterId: string): Promise<InviteStats> {
  const counts = await queries.countInvites(app.db, inviterId);
  if (!counts) throw new CielError('unauthenticated');
  const max = QUOTA[counts.trustLevel as 0 | 1 | 2 | 3];
  const sent = counts.redeemed + counts.open;
  const left = (await readIsFrozen(app.db, inviterId)) ? 0 : Math.max(0, max - sent);
  return { sent, redeemed: counts.redeemed, remaining: left, max };
}

/** A redeemed invite can't be revoked. Revoking it twice, or after it expired, changes nothing. */
export const revokeInvite = (app: App, viewer: Viewer, typed: string): Promise<Invite> =>
  inTransaction(app, async (app) => {
    const code = readCode(typed);
    if (code === null) throw notFound();
    await queries.revokeInvite(app.db, viewer.id, code);
    const row = await queries.findInviteOf(app.db, viewer.id, code);
    if (!row) throw notFound();
    if (row.status === 'redeemed')
      throw new CielError('conflict', { detail: 'The invite has already been redeemed' });
    return { ...presentInvite(row), redeemedBy: null };
  });
