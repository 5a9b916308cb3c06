import type { NotificationKind } from '../../core/acts.ts';
import type { App } from '../../core/app.ts';
import { enqueue } from '../../core/outbox.ts';

const settle = (app: App, kind: NotificationKind, actorId: string, recipientId: string): Promise<void> =>
  enqueue(app, 'notifications.settle', {
    notice: { kind, recipientId, actorId, subjectId: recipientId, sourceId: actorId },
  });

/** After a follow began that nobody had to accept, or any ended. */
export const settleFollowed = (app: App, followerId: string, followeeId: string): Promise<void> =>
  settle(app, 'followed', followerId, followeeId);

/** After a request was made, or is gone. */
export const settleRequested = (app: App, requesterId: string, targetId: string): Promise<void> =>
  settle(app, 'followRequested', requesterId, targetId);

/** After a request was accepted, or the follow that came of it ended. */
export const settleAccepted = (app: App, requesterId: string, targetId: string): Promise<void> =>
  settle(app, 'requestAccepted', targetId, requesterId);
