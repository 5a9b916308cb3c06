import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { notFound } from '../../../core/errors.ts';
import { holdUser } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { recordAudit } from '../../audit/public.ts';
import { requirePassword, revokeSessionsOf } from '../../auth/public.ts';
import { removeTies } from '../../social/public.ts';
import { markDeleted } from '../../users/public.ts';
import type { AdminDeletion, Deletion } from '../contract.ts';

/** Longer than any transaction that was already open when the deletion was committed. */
const STRAGGLERS_MS = 90_000;

/** Hides the user and their content at once; throws `invalid_credentials`. Stored data is purged 30 days later. */
export async function deleteAccount(app: App, viewer: Viewer, { password }: Deletion): Promise<void> {
  await requirePassword(app, viewer.id, password);
  await removeAccount(app, viewer.id);
}

/** False when the user does not exist or is already deleted. */
const removeAccount = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    await endRelationships(app, userId);
    const isNew = await markDeleted(app, userId);
    // After the user's row, as a ban does.
    await revokeSessionsOf(app, userId, { reason: 'accountDeletion' });
    if (!isNew) return false;
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null });
    await enqueue(app, 'account.leave', { userId }, { delayMs: STRAGGLERS_MS });
    return true;
  });

/** Ends the user's sessions and a batch of their relationships; enqueues a job for the rest. */
export const removeTiesOf = (app: App, userId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    await endRelationships(app, userId);
    await revokeSessionsOf(app, userId, { reason: 'accountDeletion' });
  });

async function endRelationships(app: App, userId: string): Promise<void> {
  const isDone = await removeTies(app, userId);
  if (!isDone) await enqueue(app, 'account.leave', { userId });
}

/** Needs no password. Throws `not_found`; changes nothing for a user who is already deleted. */
export const deleteAccountOf = (app: App, actor: string, { userId, reason }: AdminDeletion): Promise<void> =>
  inTransaction(app, async (app) => {
    const isNew = await removeAccount(app, userId);
    // Locked after the deletion: code that locks a user first must not lock a second one afterwards.
    if (!(await holdUser(app.db, userId))) throw notFound();
    if (isNew)
      await recordAudit(app, {
        actor,
        action: 'user.delete',
        subjectType: 'user',
        subjectId: userId,
        reason,
      });
  });
