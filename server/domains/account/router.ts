import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, router, userProcedure } from '../../core/procedures.ts';
import { deleteAccountOf, exportAccountOf } from './adminActs.ts';
import { AdminDeletion, AdminExportInput, Deletion, ExportInput, ExportPage } from './contract.ts';
import { exportAccount } from './export.ts';
import { deleteAccount } from './service.ts';

export const accountRouter = (app: App) =>
  router({
    delete: userProcedure
      .meta({
        rest: 'DELETE /account',
        whileBanned: true,
        limit: 'write',
        summary: 'Delete the own account',
        description:
          'The person and everything of theirs is gone at once for everybody, them included, and can not be brought back. What is stored is erased after 30 days; until then the e-mail address stays taken, and the handle is never given to anybody again.',
        errors: ['invalid_credentials', 'overloaded'],
      })
      .input(Deletion)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteAccount(app, ctx.viewer, input)),

    export: userProcedure
      .meta({
        rest: 'GET /account/export',
        whileBanned: true,
        limit: 'read',
        summary: 'Everything that is kept of the viewer, section after section',
        description:
          'Pages are read one after another until `nextCursor` is null; each entry says its section. Originals are linked by URLs that are good for 5 minutes: fetch them as the pages come. Of the things of others only what the viewer may see is in it.',
      })
      .input(ExportInput)
      .output(ExportPage)
      .query(({ ctx, input }) => exportAccount(app, ctx.viewer, input)),

    adminDelete: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/delete',
        limit: 'admin',
        summary: 'Delete the account of somebody',
        description: 'As they would themselves; it can not be undone. Doing it again changes nothing.',
        errors: ['not_found'],
      })
      .input(AdminDeletion)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteAccountOf(app, ctx.actor, input)),

    adminExport: adminProcedure
      .meta({
        rest: 'GET /admin/users/{userId}/export',
        limit: 'admin',
        summary: 'Everything that is kept of somebody, section after section',
        description:
          'What they get themselves, also while they are banned. The first page is written to the audit log.',
        errors: ['not_found'],
      })
      .input(AdminExportInput)
      .output(ExportPage)
      .query(({ ctx, input }) => exportAccountOf(app, ctx.actor, input)),
  });
