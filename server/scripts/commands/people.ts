import { z } from 'zod';
import type { Account } from '../../domains/moderation/contract.ts';
import type { Caller } from '../../script.ts';
import { failureOf, Refusal } from '../cli/failures.ts';

export const PERSON = 'a handle, which may be an old one, or an id';

/** Of whoever is named by handle or by id, hidden or not. */
export const idOf = async (admin: Caller, person: string): Promise<string> =>
  (await accountOf(admin, person)).id;

/** Of an id nothing is asked: what is done with it finds out whether it is anybody's. */
export async function accountOf(admin: Caller, person: string): Promise<Partial<Account> & { id: string }> {
  if (z.uuid().safeParse(person).success) return { id: person };
  const handle = person.replace(/^@/, '');
  try {
    return await admin.moderation.account({ handle });
  } catch (error) {
    if (failureOf(error)?.code === 'not_found') throw new Refusal(`Nobody has or had the handle ${handle}`);
    throw error;
  }
}
