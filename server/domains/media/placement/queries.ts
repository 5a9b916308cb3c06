import { and, asc, eq, sql } from 'drizzle-orm';
import { publicMedia, publishedMedia } from '../../../core/mediaVisibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { media, retainedPlaces } from '../../../schema/index.ts';
import { hasStatus } from '../queries.ts';

interface Audience {
  /** Anybody may see it, signed in or not. */
  isPublic: boolean;
  /** Somebody other than its owner may see it. */
  isPublished: boolean;
}

export async function findAudience(db: Db, id: string): Promise<Audience> {
  const [row] = await db
    .select({
      isPublic: sql<boolean>`${publicMedia()}`,
      isPublished: sql<boolean>`${publishedMedia()}`,
    })
    .from(media)
    .where(eq(media.id, id));
  return row ?? { isPublic: false, isPublished: false };
}

/** The place stays readable for the seconds, unless it is given up before. */
export async function insertRetainedPlace(
  db: Db,
  mediaId: string,
  place: string,
  seconds: number,
): Promise<void> {
  await db
    .insert(retainedPlaces)
    .values({ place, mediaId, until: sql`now() + make_interval(secs => ${seconds})` });
}

export const findOwnerMedia = (db: Db, ownerId: string, afterId: string | null, count: number) =>
  db
    .select({ id: media.id })
    .from(media)
    .where(
      and(
        eq(media.ownerId, ownerId),
        hasStatus('completed'),
        afterId === null ? undefined : sql`${media.id} > ${afterId}::uuid`,
      ),
    )
    .orderBy(asc(media.id))
    .limit(count);
