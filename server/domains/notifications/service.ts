import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import { countUnread as countUnreadRow } from '../../core/unread.ts';
import type { NotificationRef, ReadUpTo, UnreadCount } from './contract.ts';
import * as queries from './queries.ts';

export const countUnread = async (app: App, viewer: Viewer): Promise<UnreadCount> => ({
  unreadCount: await countUnreadRow(app.db, viewer.id),
});

export const markRead = (app: App, viewer: Viewer, { notificationId }: NotificationRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const isThere = await queries.findLatestAt(app.db, viewer.id, notificationId);
    if (!isThere) throw notFound();
    await queries.setRead(app.db, viewer.id, notificationId);
  });

export const markReadUpTo = (app: App, viewer: Viewer, { upToId }: ReadUpTo): Promise<UnreadCount> =>
  inTransaction(app, async (app) => {
    const latestAt = await queries.findLatestAt(app.db, viewer.id, upToId);
    if (!latestAt) throw notFound();
    await queries.moveMarker(app.db, viewer.id, latestAt);
    return countUnread(app, viewer);
  });

/** Deletes up to 1000 entries older than 90 days; returns how many. */
export const purgeOldNotifications = (app: App): Promise<number> =>
  inTransaction(app, (app) => queries.deleteOldGroups(app.db));
