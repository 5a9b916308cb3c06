import { z } from 'zod';
import type { Account } from '../../domains/users/contract.ts';
import type { Caller } from '../../script.ts';
import { failureOf, Refusal } from '../cli/failures.ts';

export const PERSON = 'a current or former handle, or a user id';

/** The id of the user with this handle or id, hidden or not. */
export const idOf = async (admin: Caller, person: string): Promise<string> =>
  (await accountOf(admin, person)).id;

/** Ids are not looked up: the procedure that uses one finds out whether it exists. */
export async function accountOf(admin: Caller, person: string): Promise<Partial<Account> & { id: string }> {
  if (z.uuid().safeParse(person).success) return { id: person };
  const handle = person.replace(/^@/, '');
  try {
    return await admin.moderation.account({ handle });
  } catch (error) {
    if (failureOf(error)?.code === 'not_found') throw new Refusal(`No user has or had the handle ${handle}`);
    throw error;
  }
}
