import { type App, inTransaction } from '../../core/app.ts';
import { insertAuditEntry, type NewAuditEntry } from './auditQueries.ts';

/** Writes an operator's act to the log that is only ever added to; in the transaction of the act. */
export const recordAct = (app: App, entry: NewAuditEntry): Promise<void> =>
  inTransaction(app, (app) => insertAuditEntry(app.db, entry));
