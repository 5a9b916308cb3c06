import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { Deletion, ExportInput, ExportPage } from './contract.ts';
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
  });
