import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { holdInvitesOf } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { recordAct } from '../moderation/service.ts';
import { presentUsers } from '../users/view.ts';
import { newCode, readCode } from './codes.ts';
import type {
  AdminInvite,
  Invite,
  InviteListInput,
  InviteStats,
  NewAdminInvite,
  NewInvite,
} from './contract.ts';
import * as queries from './queries.ts';
import { handDownFreeze, readIsFrozen } from './treeQueries.ts';

/** New, Basic, Trusted, Verified. */
const QUOTA = [3, 10, 50, 200] as const;

export async function isValidInvite(app: App, typed: string): Promise<boolean> {
  const code = readCode(typed);
  return code !== null && (await queries.isUsable(app.db, code));
}

/** Throws `invalid_invite`; does not spend a use. */
export async function requireValidInvite(app: App, typed: string): Promise<void> {
  if (!(await isValidInvite(app, typed))) throw invalidInvite();
}

/** Spends one use of the invite for the new user, in the open transaction. Throws `invalid_invite` when no use is left. */
export async function consumeInvite(app: App, typed: string, userId: string): Promise<void> {
  const code = readCode(typed);
  const spent = code === null ? null : await queries.spendUse(app.db, code);
  if (code === null || !spent) throw invalidInvite();
  await queries.insertRedemption(app.db, code, userId);
  const { inviterId } = spent;
  if (inviterId === null) return;
  await enqueue(app, 'notifications.settle', {
    notice: {
      kind: 'inviteRedeemed',
      recipientId: inviterId,
      actorId: userId,
      subjectId: inviterId,
      sourceId: userId,
    },
  });
}

/**
 * Runs in the transaction that purges the user. Users who joined with their invites stay, and the use that brought
 * this user in still counts.
 */
export async function forgetInvites(app: App, userId: string): Promise<void> {
  await handDownFreeze(app.db, userId);
  await queries.forgetInvites(app.db, userId);
}

const invalidInvite = () =>
  new CielError('invalid_invite', { errors: [{ field: 'inviteCode', message: 'is not valid' }] });

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
    return { ...shown(row), redeemedBy: null };
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
    await recordAct(app, { actor, action: 'invite.create', subjectType: 'invite', subjectId: code, details });
    return { ...shown(row), maxUses: row.maxUses, uses: row.uses, note: row.note };
  });

export async function readInviteStats(app: App, inviterId: string): Promise<InviteStats> {
  const counts = await queries.countInvites(app.db, inviterId);
  if (!counts) throw new CielError('unauthenticated');
  const max = QUOTA[counts.trustLevel as 0 | 1 | 2 | 3];
  const sent = counts.redeemed + counts.open;
  const left = (await readIsFrozen(app.db, inviterId)) ? 0 : Math.max(0, max - sent);
  return { sent, redeemed: counts.redeemed, remaining: left, max };
}

export const listInvites = (app: App, viewer: Viewer, input: InviteListInput): Promise<Page<Invite>> =>
  listPage(app, {
    scope: ['invites', viewer.id, viewer.id],
    input,
    ids: (after, count) => queries.findInvitesOf(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const redeemers = rows.map((row) => row.redeemerId).filter((id) => id !== null);
      const cards = await presentUsers(app, viewer.id, redeemers);
      return new Map(
        rows.map((row) => [row.id, { ...shown(row), redeemedBy: cards.get(row.redeemerId ?? '') ?? null }]),
      );
    },
  });

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
    return { ...shown(row), redeemedBy: null };
  });

const shown = ({ code, status, createdAt, expiresAt }: Omit<Invite, 'redeemedBy'>) => ({
  code,
  status,
  createdAt,
  expiresAt,
});
