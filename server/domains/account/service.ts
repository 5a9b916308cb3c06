import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { enqueue } from '../../core/outbox.ts';
import { endSessions, requirePassword } from '../auth/service.ts';
import { endTies } from '../social/service.ts';
import { markDeleted } from '../users/service.ts';
import type { Deletion } from './contract.ts';

export { eraseAccounts, eraseOldComments, eraseOldPosts } from './erasure.ts';

/** Longer than any transaction that was already open when the deletion was committed. */
const STRAGGLERS_MS = 90_000;

/** Hides the user and their content at once; throws `invalid_credentials`. Stored data is purged 30 days later. */
export async function deleteAccount(app: App, viewer: Viewer, { password }: Deletion): Promise<void> {
  await requirePassword(app, viewer.id, password);
  await removeAccount(app, viewer.id);
}

/** False when the user does not exist or is already deleted. */
export const removeAccount = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    await endRelationships(app, userId);
    const isNew = await markDeleted(app, userId);
    // After the user's row, as a ban does.
    await endSessions(app, userId, { reason: 'accountDeletion' });
    if (!isNew) return false;
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null });
    await enqueue(app, 'account.leave', { userId }, { delayMs: STRAGGLERS_MS });
    return true;
  });

/** Ends the user's sessions and a batch of their relationships; enqueues a job for the rest. */
export const leave = (app: App, userId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    await endRelationships(app, userId);
    await endSessions(app, userId, { reason: 'accountDeletion' });
  });

async function endRelationships(app: App, userId: string): Promise<void> {
  const isDone = await endTies(app, userId);
  if (!isDone) await enqueue(app, 'account.leave', { userId });
}
