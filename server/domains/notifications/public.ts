import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { NotificationEntry, NotificationsInput } from './contract.ts';
import * as queries from './queries.ts';
import { findGroups, findSingles } from './queries.ts';
import { presentEntries } from './view.ts';

export function listNotifications(
  app: App,
  viewer: Viewer,
  { grouped, ...input }: NotificationsInput,
): Promise<Page<NotificationEntry>> {
  const find = grouped ? findGroups : findSingles;
  return listPage(app, {
    scope: ['notifications', grouped ? 'grouped' : 'single', viewer.id],
    input,
    ids: (after, count) => find(app.db, viewer.id, after, count),
    hydrate: (rows) =>
      presentEntries(
        app,
        viewer.id,
        grouped ? 'group' : 'single',
        rows.map(({ id }) => id),
      ),
  });
}

/** Deletes a batch of the notifications about what a purged user did; returns how many. */
export const purgeNotificationsBy = (app: App, actorId: string): Promise<number> =>
  inTransaction(app, (app) => queries.deleteNotificationsOf(app.db, actorId, 1000));
