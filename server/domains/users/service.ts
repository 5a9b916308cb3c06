import { type App, inTransaction } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import { holdUser } from '../../core/locks.ts';
import { enqueue } from '../../core/outbox.ts';
import { placeBeforeResponse } from '../media/public.ts';
import { changeAvatar, requireAvatarMedia } from './avatar/service.ts';
import type { Me, ProfileChange, Settings, SettingsChange } from './contract.ts';
import { changeHandle } from './handles/service.ts';
import { presentMe } from './public.ts';
import * as queries from './queries.ts';
import { mergeSettings } from './settings/queries.ts';
import { refuseRemovedTexts } from './takedown/service.ts';

export async function changeProfile(app: App, viewer: Viewer, change: ProfileChange): Promise<Me> {
  const me = await writeProfile(app, viewer, change);
  const { avatarMediaId } = change;
  const isPlaced = avatarMediaId && (await placeBeforeResponse(app, [avatarMediaId]));
  return isPlaced ? presentMe(app, viewer.id) : me;
}

const writeProfile = (app: App, viewer: Viewer, change: ProfileChange): Promise<Me> =>
  inTransaction(app, async (app) => {
    const { avatarMediaId, ...columns } = change;
    if (avatarMediaId) await requireAvatarMedia(app, viewer.id, avatarMediaId);
    const user = await holdUser(app.db, viewer.id);
    if (!user) throw new CielError('unauthenticated');
    await refuseRemovedTexts(app, viewer.id, columns);
    if (columns.handle !== undefined && columns.handle !== user.handle)
      await changeHandle(app, user, columns.handle);
    if (avatarMediaId !== undefined) await changeAvatar(app, viewer.id, avatarMediaId);
    await queries.updateUser(app.db, viewer.id, columns);
    if (columns.isPrivate !== undefined && columns.isPrivate !== user.isPrivate)
      await enqueue(app, 'media.placeOwner', { ownerId: viewer.id, afterId: null });
    return presentMe(app, viewer.id);
  });

export const changeSettings = (app: App, viewer: Viewer, change: SettingsChange): Promise<Settings> =>
  inTransaction(app, (app) => mergeSettings(app.db, viewer.id, change));
