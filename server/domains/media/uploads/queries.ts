import { and, eq, or, sql } from 'drizzle-orm';
import { holdFile, holdOldestMedia } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { media } from '../../../schema/index.ts';
import { hasStatus, isKept, type MediaRow } from '../queries.ts';

type NewMedia = Pick<
  MediaRow,
  'ownerId' | 'contentType' | 'bytes' | 'sha256' | 'altText' | 'uploadKey' | 'partsId'
>;

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
  partsId: media.partsId,
  uploadExpiresAt: media.uploadExpiresAt,
  status: media.status,
  contentType: media.contentType,
};

type SameFile = Pick<NewMedia, 'ownerId' | 'bytes'> & { sha256: string };

const isSameFile = ({ ownerId, sha256, bytes }: SameFile) =>
  and(
    eq(media.ownerId, ownerId),
    eq(media.sha256, sha256),
    eq(media.bytes, bytes),
    or(hasStatus('pending', 'uploaded', 'processing', 'completed'), isKept()),
  );

export const isKnownFile = async (db: Db, file: SameFile): Promise<boolean> =>
  (await db.$count(media, isSameFile(file))) > 0;

/**
 * What the same file of the same owner has made, unless it failed by a fault of the file. Of two at once, the second waits for what the
 * first makes.
 */
export async function holdSameFile(db: Db, file: SameFile): Promise<{ id: string } | undefined> {
  await holdFile(db, file.ownerId, file.sha256);
  return holdOldestMedia(db, isSameFile(file));
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
