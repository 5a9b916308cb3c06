import { and, eq, sql } from 'drizzle-orm';
import { holdFile, holdOldestMedia } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import { hasStatus, type MediaRow } from '../queries.ts';

type NewMedia = Pick<MediaRow, 'ownerId' | 'contentType' | 'bytes' | 'sha256' | 'altText' | 'uploadKey'>;

export async function insertMedia(db: Db, row: NewMedia, uploadSeconds: number) {
  const [inserted] = await db
    .insert(media)
    .values({ ...row, uploadExpiresAt: sql`now() + ${uploadSeconds} * interval '1 second'` })
    .returning(ticketed);
  return inserted!;
}

const ticketed = {
  id: media.id,
  uploadKey: media.uploadKey,
  uploadExpiresAt: media.uploadExpiresAt,
  status: media.status,
  contentType: media.contentType,
};

/** What the same file of the same owner has made, if it did not fail. Of two at once, the second waits for what the first makes. */
export async function holdSameFile(
  db: Db,
  { ownerId, sha256, bytes }: Pick<NewMedia, 'ownerId' | 'bytes'> & { sha256: string },
): Promise<{ id: string } | undefined> {
  await holdFile(db, ownerId, sha256);
  return holdOldestMedia(
    db,
    and(
      eq(media.ownerId, ownerId),
      eq(media.sha256, sha256),
      eq(media.bytes, bytes),
      hasStatus('pending', 'uploaded', 'processing', 'completed'),
    ),
  );
}

/** Renews the ticket of a row that the caller has locked. Without a new alt text the row keeps its own. */
export async function renewUpload(db: Db, id: string, altText: string | undefined, uploadSeconds: number) {
  const [renewed] = await db
    .update(media)
    .set({
      uploadExpiresAt: sql`now() + ${uploadSeconds} * interval '1 second'`,
      ...(altText === undefined ? {} : { altText }),
    })
    .where(eq(media.id, id))
    .returning(ticketed);
  return renewed!;
}
