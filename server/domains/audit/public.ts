import { type App, inTransaction } from '../../core/app.ts';
import { insertAuditEntry, type NewAuditEntry } from './queries.ts';

/** Writes an operator's action to the append-only audit log, in the transaction of the action. */
export const recordAudit = (app: App, entry: NewAuditEntry): Promise<void> =>
  inTransaction(app, (app) => insertAuditEntry(app.db, entry));
