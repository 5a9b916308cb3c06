import type { App } from '../../../core/app.ts';
import { adminProcedure } from '../../../core/procedures.ts';
import { Account } from '../../users/contract.ts';
import { AccountRef } from './contract.ts';
import { findAccount } from './service.ts';

export const accountRoutes = (app: App) => ({
  account: adminProcedure
    .meta({
      rest: 'GET /admin/accounts/{handle}',
      limit: 'admin',
      summary: 'Get the user who has or had a handle, even if banned or deleted',
      errors: ['not_found'],
    })
    .input(AccountRef)
    .output(Account)
    .query(({ input }) => findAccount(app, input.handle)),
});
