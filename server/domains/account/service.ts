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
  await inTransaction(app, async (app) => {
    await leave(app, viewer.id);
    await markDeleted(app, viewer.id);
    await enqueue(app, 'media.placeOwner', { ownerId: viewer.id, afterId: null });
    await enqueue(app, 'account.leave', { userId: viewer.id }, { delayMs: STRAGGLERS_MS });
  });
}

/** Ends the sessions and a part of what is between the person and others; a job of its own goes on with the rest. */
export const leave = (app: App, userId: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const isDone = await endTies(app, userId);
    if (!isDone) await enqueue(app, 'account.leave', { userId });
    await endSessions(app, userId, { reason: 'accountDeletion' });
  });
