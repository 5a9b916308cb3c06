import { type App, inTransaction } from '../../../core/app.ts';
import { holdMedia } from '../../../core/locks.ts';
import { ObjectMissing } from '../../../infra/storage/storage.ts';
import { cacheControlOf, placeOf, variantKey, variantType } from '../keys.ts';
import { findPublic } from './queries.ts';

const REWRITTEN_AT_ONCE = 10;
/** By then no process of the previous release writes objects with the old header. */
const WAITS_MS = 24 * 3_600_000;
const DONE = 'done';

/**
 * Gives public objects in a store the Cache-Control of this release, once for all of them, from where it left off; returns how many
 * photos it looked at. The progress is first when to begin, then the last photo, then `done`.
 */
export async function rewriteHeaders(app: App, turn: { progress: string | null }): Promise<number> {
  if (!app.storage.sendsStoredHeaders || turn.progress === DONE) return 0;
  turn.progress ??= `from ${new Date(Date.now() + WAITS_MS).toISOString()}`;
  const [, from] = /^from (.+)$/.exec(turn.progress) ?? [];
  if (from && Date.parse(from) > Date.now()) return 0;
  const found = await findPublic(app.db, from ? null : turn.progress, REWRITTEN_AT_ONCE);
  for (const { id } of found) await rewrite(app, id);
  turn.progress = found.length < REWRITTEN_AT_ONCE ? DONE : found.at(-1)!.id;
  return found.length;
}

/** Copies each object onto itself, under the lock of the row: or it could come back after its place was removed. */
const rewrite = (app: App, id: string): Promise<void> =>
  inTransaction(app, async (app) => {
    const [row] = await holdMedia(app.db, [id]);
    if (row?.area !== 'pub' || row.folder === null) return;
    const place = placeOf(row.area, row.folder);
    for (const variant of row.variants) {
      const key = variantKey(place, variant);
      const options = { contentType: variantType(variant), cacheControl: cacheControlOf(key) };
      await app.storage.copy(key, key, options).catch((error: unknown) => {
        if (!(error instanceof ObjectMissing)) throw error;
      });
    }
  });
