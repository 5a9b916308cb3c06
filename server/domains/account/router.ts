import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, router, userProcedure } from '../../core/procedures.ts';
import { AdminDeletion, AdminExportInput, Deletion, ExportInput, ExportPage } from './contract.ts';
import { deleteAccount, deleteAccountOf } from './deletion/service.ts';
import { exportAccount, exportAccountOf } from './export/service.ts';

export const accountRouter = (app: App) =>
  router({
    delete: userProcedure
      .meta({
        rest: 'DELETE /account',
        whileBanned: true,
        limit: 'write',
        summary: 'Delete your account',
        description:
          'The account and all its content disappear at once for everyone, including the owner, and cannot be restored. Stored data is purged after 30 days; until then the email address stays taken. The handle is never given to anyone else.',
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
        summary: 'List everything stored about you, section by section',
        description:
          "Page through the list until `nextCursor` is null; each entry names its section. Links to originals expire after 5 minutes, so download them as you go. Other users' content is included only where you can see it.",
      })
      .input(ExportInput)
      .output(ExportPage)
      .query(({ ctx, input }) => exportAccount(app, ctx.viewer, input)),

    adminDelete: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/delete',
        limit: 'admin',
        summary: "Delete a user's account",
        description:
          'The effect is the same as when users delete their own account, and cannot be undone. Repeating the request changes nothing.',
        errors: ['not_found'],
      })
      .input(AdminDeletion)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteAccountOf(app, ctx.actor, input)),

    adminExport: adminProcedure
      .meta({
        rest: 'GET /admin/users/{userId}/export',
        limit: 'admin',
        summary: 'List everything stored about a user, section by section',
        description:
          'Returns exactly what the user gets, even while they are banned. Reading the first page is recorded in the audit log.',
        errors: ['not_found'],
      })
      .input(AdminExportInput)
      .output(ExportPage)
      .query(({ ctx, input }) => exportAccountOf(app, ctx.actor, input)),
  });
