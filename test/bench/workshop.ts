import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRuntime } from '../../server/bootstrap/runtime.ts';
import { parseConfig } from '../../server/config/config.ts';
import { processMedia } from '../../server/jobs/mediaProcessor.ts';
import { media, users } from '../../server/schema/index.ts';

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** The worker's half of Ciel on the embedded stack: an upload goes in, a completed row and its objects come out. */
export async function openWorkshop() {
  const folder = await mkdtemp(join(tmpdir(), 'ciel-bench-'));
  const { app, close } = await openRuntime(parseConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
  const [owner] = await app.db
    .insert(users)
    .values({ handle: 'bench', email: 'bench@example.org', displayName: 'Bench' })
    .returning({ id: users.id });

  async function work(photo: Buffer): Promise<void> {
    const uploadKey = `up/${randomUUID()}`;
    await app.storage.write(uploadKey, photo, { contentType: 'image/jpeg', cacheControl: 'no-store' });
    const [row] = await app.db
      .insert(media)
      .values({
        ownerId: owner!.id,
        status: 'uploaded',
        contentType: 'image/jpeg',
        bytes: photo.length,
        uploadKey,
        uploadExpiresAt: new Date(Date.now() + 900_000),
      })
      .returning({ id: media.id });
    await processMedia(app, { mediaId: row!.id }, new AbortController().signal);
  }

  return {
    work,
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
