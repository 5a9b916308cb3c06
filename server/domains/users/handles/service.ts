import type { App } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import { handleTaken, refuseReserved, takeHandle } from '../public.ts';
import { type UserRow, updateUser } from '../queries.ts';
import { countRecentHandleChanges, insertHandleChange, isHandleOfAnother } from './queries.ts';

const CHANGES_IN_30_DAYS = 2;

/** The row of the user is locked by the caller, so that changes are counted one after another. */
export async function changeHandle(app: App, user: UserRow, handle: string): Promise<void> {
  refuseReserved(handle);
  if ((await countRecentHandleChanges(app.db, user.id)) >= CHANGES_IN_30_DAYS) {
    throw new CielError('handle_change_limit', {
      errors: [{ field: 'handle', message: 'has already been changed twice in 30 days' }],
    });
  }
  if (await isHandleOfAnother(app.db, user.id, handle)) throw handleTaken();
  // The user's row before the handle, as in a registration: both have a unique key, which others wait for.
  await updateUser(app.db, user.id, { handle });
  await takeHandle(app, user.id, handle);
  await insertHandleChange(app.db, user.id, user.handle);
}
