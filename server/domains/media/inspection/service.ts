import type { App } from '../../../core/app.ts';
import { notFound } from '../../../core/errors.ts';
import type { MediaRef } from '../contract.ts';
import { placeOf, variantKey, variantsOf } from '../keys.ts';
import { findMedia, findUses, type MediaRow } from '../queries.ts';
import type { MediaInspection } from './contract.ts';
import { findJobsOf } from './queries.ts';

/** For operators, whoever the owner is. Throws `not_found`. */
export async function inspectMedia(app: App, { mediaId }: MediaRef): Promise<MediaInspection> {
  const [row] = await findMedia(app.db, [mediaId]);
  if (!row) throw notFound();
  const uses = await findUses(app.db, [mediaId]);
  const objects = expectedObjects(row).map(async ({ name, key }) => ({
    name,
    bytes: (await app.storage.head(key))?.bytes ?? null,
  }));
  return {
    id: row.id,
    ownerId: row.ownerId,
    status: row.status,
    reason: row.failure,
    attempts: row.attempt,
    contentType: row.contentType,
    bytes: row.bytes,
    sha256: row.sha256,
    width: row.width,
    height: row.height,
    usedIn: uses.get(row.id) ?? { postIds: [], storyIds: [], isAvatar: false },
    isPublic: row.area === 'pub',
    createdAt: row.createdAt,
    uploadExpiresAt: row.uploadExpiresAt,
    statusChangedAt: row.statusChangedAt,
    objects: await Promise.all(objects),
    jobs: await findJobsOf(app.db, mediaId),
  };
}

/** Nothing is kept of an upload that failed by a fault of its file. */
function expectedObjects(row: MediaRow) {
  const { status, keptUntil, uploadKey, originalKey, area, folder } = row;
  if (status === 'failed' && keptUntil === null) return [];
  if (status !== 'completed' || originalKey === null || folder === null)
    return [{ name: 'upload', key: uploadKey }];
  const place = placeOf(area, folder);
  return [
    { name: 'original', key: originalKey },
    ...variantsOf(row).map((variant) => ({
      name: `${variant.name}.${variant.format}`,
      key: variantKey(place, variant),
    })),
  ];
}
