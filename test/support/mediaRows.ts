import { randomUUID } from 'node:crypto';
import { failProcessing, finishProcessing } from '../../server/domains/media/processing/service.ts';
import { notifyOfFailure } from '../../server/domains/notifications/reconciliation/service.ts';
import { publishWaiting } from '../../server/jobs/mediaProcessor.ts';
import { media } from '../../server/schema/index.ts';
import type { World } from './world.ts';

const PROCESSED = {
  contentType: 'image/jpeg',
  variants: [],
  addedVariants: [],
  isHdr: false,
  width: 4032,
  height: 3024,
  thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  dominantColor: '#6b7f99',
  camera: {},
  fileRights: {},
  uploadSha256: null,
  originalSha256: null,
};

/** Photographs without objects, straight into the table, for tests that are about what refers to them. */
export async function insertMedia(
  world: World,
  owner: { id: string },
  count: number,
  status: 'pending' | 'uploaded' | 'processing' | 'completed' | 'failed' = 'completed',
): Promise<string[]> {
  const rows = Array.from({ length: count }, () => ({
    ownerId: owner.id,
    status,
    failure: status === 'failed' ? 'The file is cut off' : null,
    contentType: 'image/jpeg',
    bytes: 1,
    uploadKey: `up/${randomUUID()}`,
    uploadExpiresAt: new Date(Date.now() + 900_000),
    ...(status === 'completed'
      ? { ...PROCESSED, originalKey: `orig/${randomUUID()}`, folder: randomUUID() }
      : {}),
  }));
  const inserted = await world.app.db.insert(media).values(rows).returning({ id: media.id });
  return inserted.map(({ id }) => id);
}

const attemptOf = (mediaId: string) => ({
  mediaId,
  ownerId: randomUUID(),
  number: 0,
  uploadKey: `up/${mediaId}`,
  contentType: 'image/jpeg',
  bytes: 1,
  sha256: null,
  originalKey: `orig/${mediaId}`,
  place: `priv/${mediaId}`,
});

/** What a worker does once the variants of a medium that was processing are stored. */
export async function finishMedium({ app, database }: World, mediaId: string): Promise<void> {
  await database.sql`update media set original_key = ${`orig/${mediaId}`}, folder = ${mediaId} where id = ${mediaId}`;
  await finishProcessing(app, attemptOf(mediaId), PROCESSED, (app) => publishWaiting(app, mediaId));
}

export async function failMedium({ app, database }: World, mediaId: string): Promise<void> {
  const [row] = await database.sql<{ owner_id: string }[]>`select owner_id from media where id = ${mediaId}`;
  await failProcessing(app, attemptOf(mediaId), 'The file is cut off', (app) =>
    notifyOfFailure(app, row!.owner_id, mediaId),
  );
}
