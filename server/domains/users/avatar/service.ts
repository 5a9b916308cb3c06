import type { App } from '../../../core/app.ts';
import { CielError } from '../../../core/errors.ts';
import { shareCompletedMedia } from '../../../core/locks.ts';
import { enqueue } from '../../../core/outbox.ts';
import { refuseTakenDown } from '../../takedowns/public.ts';
import { findAvatarMediaId, writeAvatar } from './queries.ts';

/** It is not deleted until the transaction ends; taken before the row of the user, as everybody does. */
export async function requireAvatarMedia(app: App, userId: string, mediaId: string): Promise<void> {
  if (await shareCompletedMedia(app.db, userId, mediaId))
    return refuseTakenDown(app, userId, [mediaId], () => 'avatarMediaId');
  const message = 'must be one of your completed photos';
  throw new CielError('media_unusable', { errors: [{ field: 'avatarMediaId', message }] });
}

/**
 * Anybody can see avatars, so the photo that becomes one and the one that was one change places. Returns how many avatars were
 * changed.
 */
export async function changeAvatar(app: App, userId: string, mediaId: string | null): Promise<number> {
  const before = await findAvatarMediaId(app.db, userId);
  if (before === mediaId) return 0;
  await writeAvatar(app.db, userId, mediaId);
  const mediaIds = [before, mediaId].filter((id) => id !== null);
  await enqueue(app, 'media.place', { mediaIds });
  return 1;
}
