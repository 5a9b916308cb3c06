import type { App } from '../../../core/app.ts';
import { deleteOldSecurityEvents, deleteOldSessions } from './queries.ts';

const SESSIONS_KEPT_DAYS = 30;
const EVENTS_KEPT_DAYS = 180;
const REMOVED_AT_ONCE = 1000;

/** Deletes a batch of sessions that ended long ago; returns how many. */
export const purgeOldSessions = (app: App): Promise<number> =>
  deleteOldSessions(app.db, SESSIONS_KEPT_DAYS, REMOVED_AT_ONCE);

/** Deletes a batch of events that are too old to be of use; returns how many. */
export const purgeOldSecurityEvents = (app: App): Promise<number> =>
  deleteOldSecurityEvents(app.db, EVENTS_KEPT_DAYS, REMOVED_AT_ONCE);
