import { type App, inTransaction } from '../../core/app.ts';
import * as queries from './queries.ts';

/** Deletes up to 1000 events older than an hour, and expired listeners; returns how many events. */
export const purgeOldEvents = (app: App): Promise<number> =>
  inTransaction(app, async (app) => {
    await queries.deleteEndedListeners(app.db);
    return queries.deleteOldEvents(app.db);
  });
