import { type App, inTransaction } from '../../core/app.ts';
import * as queries from './queries.ts';

/** Sends the event to the author and to followers who are listening. Runs in the transaction that fans the post out. */
export const tellPost = (app: App, post: { id: string; authorId: string }): Promise<void> =>
  queries.insertForFollowers(app.db, post);

/** Sends the event to the recipient if they are listening. Runs in the transaction that creates the notification. */
export const tellNotification = (app: App, recipientId: string, notificationId: string): Promise<void> =>
  queries.insertForRecipient(app.db, recipientId, notificationId);

/** Deletes up to 1000 events older than an hour, and expired listeners; returns how many events. */
export const removeOldEvents = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    await queries.deleteEndedListeners(app.db);
    return queries.deleteOldEvents(app.db);
  });
