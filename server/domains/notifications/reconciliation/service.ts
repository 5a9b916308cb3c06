import { type App, inTransaction } from '../../../core/app.ts';
import { holdNotificationsOf } from '../../../core/locks.ts';
import type { Notice } from '../../../core/notices.ts';
import { publishNotification } from '../../events/public.ts';
import { readSettings } from '../../users/public.ts';
import { sourceExists } from '../sources/queries.ts';
import * as queries from './queries.ts';
import { isKnownDevice } from './queries.ts';

/**
 * Reconciles the notification with its source: it exists while the source does and the recipient wants it, and is retracted with the
 * source. May run twice, and in any order with later notices.
 */
export const reconcileNotice = (app: App, notice: Notice): Promise<void> =>
  inTransaction(app, async (app) => {
    if (notice.actorId === notice.recipientId) return;
    await holdNotificationsOf(app.db, notice.recipientId);
    if (!(await sourceExists(app.db, notice))) return queries.retractNotification(app.db, notice);
    if (await queries.isNotified(app.db, notice)) return;
    if (await queries.reviveNotification(app.db, notice)) return;
    if (!(await isWanted(app, notice))) return;
    await queries.deleteNotification(app.db, notice);
    const row = await queries.insertNotification(app.db, notice);
    if (await queries.isShown(app.db, notice.recipientId, row))
      await publishNotification(app, notice.recipientId, row);
    else await queries.deleteNotification(app.db, notice);
  });

/**
 * Tells the owner that a photo failed which a post or story waits for; to be called in the transaction that records the failure. Each
 * failure is told once. Not a job, because the workers of the previous release would take it.
 */
export async function notifyOfFailure(app: App, ownerId: string, mediaId: string): Promise<void> {
  await holdNotificationsOf(app.db, ownerId);
  const notified = {
    kind: 'photographFailed',
    recipientId: ownerId,
    actorId: null,
    subjectId: mediaId,
    sourceId: mediaId,
  } as const;
  await queries.deleteNotification(app.db, notified);
  const row = await queries.insertNotification(app.db, notified);
  if (await queries.isShown(app.db, ownerId, row)) await publishNotification(app, ownerId, row);
  else await queries.deleteNotification(app.db, notified);
}

/** Moderation notices are always wanted, and so are sign-ins from a new device. */
async function isWanted(app: App, { kind, recipientId, actorId, sourceId }: Notice): Promise<boolean> {
  if (kind === 'newSignIn') return !(await isKnownDevice(app.db, recipientId, sourceId));
  if (kind === 'moderationNotice') return true;
  if (actorId === null) return false;
  const { notifications } = await readSettings(app, recipientId);
  switch (notifications[kind]) {
    case 'nobody':
      return false;
    case 'following':
      return queries.follows(app.db, recipientId, actorId);
    default:
      return true;
  }
}
