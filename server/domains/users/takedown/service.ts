import type { App } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import type { ProfileChange } from '../contract.ts';
import { findRemovedTexts } from './queries.ts';

/** Throws `taken_down` for a display name or bio that a takedown in force took away, however it is spaced or capitalised. */
export async function refuseRemovedTexts(
  app: App,
  userId: string,
  change: Pick<ProfileChange, 'displayName' | 'bio'>,
): Promise<void> {
  if (change.displayName === undefined && !change.bio) return;
  const all = await findRemovedTexts(app.db, userId);
  for (const field of ['displayName', 'bio'] as const) {
    const wanted = change[field];
    const found = wanted ? all.find(({ removed }) => isSame(removed[field], wanted)) : undefined;
    if (!found) continue;
    const message = `was taken down (${found.rule}): ${found.reason}`;
    throw new CielError('taken_down', { detail: `${field} ${message}`, errors: [{ field, message }] });
  }
}

const isSame = (removed: string | undefined, text: string): boolean =>
  removed !== undefined && plain(removed) === plain(text);

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
