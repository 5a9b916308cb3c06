import { and, eq } from 'drizzle-orm';
import { hydration } from '../../../core/hydration.ts';
import { isOneOf } from '../../../core/lists.ts';
import type { readableMedia } from '../../../core/mediaVisibility.ts';
import type { ViewerId } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import type { Area } from '../keys.ts';
import { hasStatus } from '../queries.ts';

export type DeliveryRule = typeof readableMedia | typeof everyMedia;

/** For operators. */
export const everyMedia = (_viewerId: ViewerId | null) => undefined;

/** Those of the photos that the rule lets the viewer read now, with what says where their objects are. */
export const findReadable = hydration((db, viewerId, ids, rule: DeliveryRule) =>
  db
    .select({
      ownerId: media.ownerId,
      area: media.area,
      folder: media.folder,
      originalKey: media.originalKey,
      variants: media.variants,
      addedVariants: media.addedVariants,
      addedPlace: media.addedPlace,
      noAi: media.noAi,
    })
    .from(media)
    .where(and(isOneOf(media.id, ids), hasStatus('completed'), rule(viewerId)))
    .prepare('readable_media'),
);

export async function findNoAi(db: Db, area: Area, folder: string): Promise<boolean> {
  const [row] = await db
    .select({ noAi: media.noAi })
    .from(media)
    .where(and(eq(media.folder, folder), eq(media.area, area)));
  return row?.noAi ?? false;
}
