import { createHash } from 'node:crypto';
import { type App, inTransaction } from '../../../core/app.ts';
import { ObjectMissing } from '../../../infra/storage/storage.ts';
import { markHashes } from '../../takedowns/public.ts';
import { MAX_ORIGINAL_BYTES } from '../keys.ts';
import { hasStatus, updateMedia } from '../queries.ts';
import { findUnhashed } from './queries.ts';

const HASHED_AT_ONCE = 20;

/**
 * Hashes the originals of media that were completed by a release that did not, from where it left off; returns how many it looked at.
 * The uploads are gone, so only a hash that the client declared is known of them.
 */
export async function hashOriginals(app: App, turn: { progress: string | null }): Promise<number> {
  const found = await findUnhashed(app.db, turn.progress, HASHED_AT_ONCE);
  for (const { id, originalKey, sha256 } of found) {
    const originalSha256 = originalKey === null ? null : await hashOf(app, originalKey);
    if (originalSha256 === null) continue;
    await inTransaction(app, async (app) => {
      const set = { originalSha256, uploadSha256: sha256 };
      if (await updateMedia(app.db, id, hasStatus('completed'), set)) await markHashes(app, id);
    });
  }
  turn.progress = found.length < HASHED_AT_ONCE ? null : found.at(-1)!.id;
  return turn.progress === null ? 0 : found.length;
}

/** Null when the object is missing: it is looked for again with the next run. */
async function hashOf({ storage }: App, key: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await storage.read(key, MAX_ORIGINAL_BYTES))
      .digest('hex');
  } catch (error) {
    if (error instanceof ObjectMissing) return null;
    throw error;
  }
}
