import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { enqueue } from '../../core/outbox.ts';
import { endSessions, requirePassword } from '../auth/service.ts';
import { endTies } from '../social/service.ts';
import { markDeleted } from '../users/service.ts';
import type { Deletion } from './contract.ts';

export { eraseAccounts, eraseOldComments, eraseOldPosts } from './erasure.ts';

/** Longer than any transaction lives that had begun before the deletion was committed. */
const STRAGGLERS_MS = 90_000;

/** Hides the person and all that is theirs at once; throws `invalid_credentials`. What is stored is erased 30 days later. */
export async function deleteAccount(app: App, viewer: Viewer, { password }: Deletion): Promise<void> {
  await requirePassword(app, viewer.id, password);
  await removeAccount(app, viewer.id);
}

/** False when there is nobody to delete: deleted already, or never there. */
export const removeAccount = (app: App, userId: string): Promise<boolean> =>
  inTransaction(app, async (app) => {
    await leave(app, userId);
    if (!(await markDeleted(app, userId))) return false;
    await enqueue(app, 'media.placeOwner', { ownerId: userId, afterId: null });
    await enqueue(app, 'account.leave', { userId }, { delayMs: STRAGGLERS_MS });
    return true;
  });

/** Ends the sessions and a part of what is between the person and others; a job of its own goes on with the rest. */
export const leave = (app: App, userId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const isDone = await endTies(app, userId);
    if (!isDone) await enqueue(app, 'account.leave', { userId });
    await endSessions(app, userId, { reason: 'accountDeletion' });
  });
