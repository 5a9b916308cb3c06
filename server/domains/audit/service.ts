import type { App } from '../../core/app.ts';
import type { Page } from '../../core/fields.ts';
import { listPage } from '../../core/lists.ts';
import type { AuditEntry, AuditInput } from './contract.ts';
import { findAuditEntries } from './queries.ts';

export const listAudit = (app: App, { limit, cursor, ...filter }: AuditInput): Promise<Page<AuditEntry>> =>
  listPage(app, {
    scope: [
      'audit',
      JSON.stringify([filter.actor, filter.action, filter.subject, filter.since, filter.until]),
    ],
    input: { limit, cursor },
    ids: (after, count) => findAuditEntries(app.db, filter, after, count),
    hydrate: async (rows) => new Map(rows.map(({ id, entry }) => [id, entry])),
  });
