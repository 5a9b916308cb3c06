import { z } from 'zod';
import type { Caller } from '../../script.ts';
import { failureOf, Refusal } from '../cli/failures.ts';

export const PERSON = 'a handle, which may be an old one, or an id';

/** Of whoever is named by handle or by id, hidden or not. */
export async function idOf(admin: Caller, person: string): Promise<string> {
  if (z.uuid().safeParse(person).success) return person;
  const handle = person.replace(/^@/, '');
  try {
    return (await admin.moderation.account({ handle })).id;
  } catch (error) {
    if (failureOf(error)?.code === 'not_found') throw new Refusal(`Nobody has or had the handle ${handle}`);
    throw error;
  }
}
