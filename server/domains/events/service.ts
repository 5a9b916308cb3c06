import { type App, inTransaction } from '../../core/app.ts';
import * as queries from './queries.ts';

/** Tells the author's followers who listen, and the author; in the transaction that sends the post. */
export const tellPost = (app: App, post: { id: string; authorId: string }): Promise<void> =>
  queries.insertForFollowers(app.db, post);

/** Tells the recipient if they listen; in the transaction that makes the notification. */
export const tellNotification = (app: App, recipientId: string, notificationId: string): Promise<void> =>
  queries.insertForRecipient(app.db, recipientId, notificationId);

/** Forgets up to 1000 events of more than an hour ago, and who listens no more; answers how many. */
export const removeOldEvents = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    await queries.deleteEndedListeners(app.db);
    return queries.deleteOldEvents(app.db);
  });
