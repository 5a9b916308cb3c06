import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { CielError, notFound } from '../../../core/errors.ts';
import { holdMedia } from '../../../core/locks.ts';
import type { MediaEdit, MediaRef, MediaView, OwnMedia } from '../contract.ts';
import { presentMedia, presentOwnMedia, purgeRows } from '../public.ts';
import { findOwnMedia, isVisibleMedia, type MediaRow, updateMedia, withoutUse } from '../queries.ts';

export async function readMedia(app: App, viewer: Viewer | null, { mediaId }: MediaRef): Promise<MediaView> {
  const viewerId = viewer?.id ?? null;
  if (!(await isVisibleMedia(app.db, viewerId, mediaId))) throw notFound();
  return (await presentMedia(app, viewerId, [mediaId])).get(mediaId) ?? Promise.reject(notFound());
}

export const editMedia = (app: App, viewer: Viewer, { mediaId, fileRights, ...edits }: MediaEdit) =>
  inTransaction(app, async (app): Promise<OwnMedia> => {
    await requireOwnMedia(app, viewer, mediaId);
    const all = { ...edits, ...(fileRights === null ? { fileRights: {} } : {}) };
    const set = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length > 0) await updateMedia(app.db, mediaId, undefined, set);
    return (await presentOwnMedia(app, [mediaId])).get(mediaId)!;
  });

export const removeMedia = (app: App, viewer: Viewer, { mediaId }: MediaRef): Promise<void> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [mediaId]);
    if (row?.ownerId !== viewer.id) throw notFound();
    if ((await withoutUse(app.db, [mediaId])).length === 0) throw new CielError('media_in_use');
    await purgeRows(app, [row]);
  });

export async function requireOwnMedia(app: App, viewer: Viewer, id: string): Promise<MediaRow> {
  const row = await findOwnMedia(app.db, viewer.id, id);
  if (!row) throw notFound();
  return row;
}
