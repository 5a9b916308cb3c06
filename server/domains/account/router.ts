import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { Deletion } from './contract.ts';
import { deleteAccount } from './service.ts';

export const accountRouter = (app: App) =>
  router({
    delete: userProcedure
      .meta({
        rest: 'DELETE /account',
        limit: 'write',
        summary: 'Delete the own account',
        description:
          'The person and everything of theirs is gone at once for everybody, them included, and can not be brought back. What is stored is erased after 30 days; until then the e-mail address stays taken, and the handle is never given to anybody again.',
        errors: ['invalid_credentials', 'overloaded'],
      })
      .input(Deletion)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteAccount(app, ctx.viewer, input)),
  });
