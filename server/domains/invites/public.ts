import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import { enqueue } from '../../core/outbox.ts';
import { presentUsers } from '../users/public.ts';
import { readCode } from './codes.ts';
import type { Invite, InviteListInput } from './contract.ts';
import * as queries from './queries.ts';
import { isValidInvite } from './service.ts';
import { inheritFreeze } from './tree/queries.ts';
import { presentInvite } from './view.ts';

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
export async function purgeInvitesOf(app: App, userId: string): Promise<void> {
  await inheritFreeze(app.db, userId);
  await queries.purgeInvitesOf(app.db, userId);
}

const invalidInvite = () =>
  new CielError('invalid_invite', { errors: [{ field: 'inviteCode', message: 'is not valid' }] });

export const listInvites = (app: App, viewer: Viewer, input: InviteListInput): Promise<Page<Invite>> =>
  listPage(app, {
    scope: ['invites', viewer.id, viewer.id],
    input,
    ids: (after, count) => queries.findInvitesOf(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const redeemers = rows.map((row) => row.redeemerId).filter((id) => id !== null);
      const cards = await presentUsers(app, viewer.id, redeemers);
      return new Map(
        rows.map((row) => [
          row.id,
          { ...presentInvite(row), redeemedBy: cards.get(row.redeemerId ?? '') ?? null },
        ]),
      );
    },
  });
