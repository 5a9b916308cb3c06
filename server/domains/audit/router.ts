import type { App } from '../../core/app.ts';
import { adminProcedure } from '../../core/procedures.ts';
import { AuditInput, AuditPage } from './contract.ts';
import { listAudit } from './service.ts';

export const auditRoutes = (app: App) => ({
  audit: adminProcedure
    .meta({
      rest: 'GET /moderation/audit',
      limit: 'admin',
      summary: "List operators' actions, newest first",
    })
    .input(AuditInput)
    .output(AuditPage)
    .query(({ input }) => listAudit(app, input)),
});
