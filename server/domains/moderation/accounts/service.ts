import type { App } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import type { Account } from '../../users/contract.ts';
import { findHandleOwner } from './queries.ts';

/** Throws `not_found` for a handle that nobody ever had, or whose user has been purged. */
export async function findAccount(app: App, handle: string): Promise<Account> {
  const account = await findHandleOwner(app.db, handle);
  if (!account) throw notFound();
  return account;
}
