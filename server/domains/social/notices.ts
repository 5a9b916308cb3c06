import type { NotificationKind } from '../../core/acts.ts';
import type { App } from '../../core/app.ts';
import { enqueue } from '../../core/outbox.ts';

const settle = (app: App, kind: NotificationKind, actorId: string, recipientId: string): Promise<void> =>
  enqueue(app, 'notifications.settle', {
    notice: { kind, recipientId, actorId, subjectId: recipientId, sourceId: actorId },
  });

/** To be called after a follow without a request begins, or any follow ends. */
export const settleFollowed = (app: App, followerId: string, followeeId: string): Promise<void> =>
  settle(app, 'followed', followerId, followeeId);

/** To be called after a request is made or removed. */
export const settleRequested = (app: App, requesterId: string, targetId: string): Promise<void> =>
  settle(app, 'followRequested', requesterId, targetId);

/** To be called after a request is accepted, or the resulting follow ends. */
export const settleAccepted = (app: App, requesterId: string, targetId: string): Promise<void> =>
  settle(app, 'requestAccepted', targetId, requesterId);
