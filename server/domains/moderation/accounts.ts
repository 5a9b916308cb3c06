import type { App } from '../../core/app.ts';
import { notFound } from '../../core/errors.ts';
import type { Account } from './contract.ts';
import { findHolder } from './subjectQueries.ts';

/** Throws `not_found` for a handle that nobody ever had, or whose user has been purged. */
export async function findAccount(app: App, handle: string): Promise<Account> {
  const account = await findHolder(app.db, handle);
  if (!account) throw notFound();
  return account;
}
