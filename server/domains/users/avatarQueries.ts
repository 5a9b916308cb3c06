import { and, eq } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';
import { avatars, media } from '../../schema/index.ts';

export async function findAvatarMediaId(db: Db, userId: string): Promise<string | null> {
  const [row] = await db.select({ mediaId: avatars.mediaId }).from(avatars).where(eq(avatars.userId, userId));
  return row?.mediaId ?? null;
}

export async function holdOwnCompletedMedia(db: Db, userId: string, mediaId: string): Promise<boolean> {
  const rows = await db
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.id, mediaId), eq(media.ownerId, userId), eq(media.status, 'completed')))
    .for('key share');
  return rows.length > 0;
}

export async function writeAvatar(db: Db, userId: string, mediaId: string | null): Promise<void> {
  if (mediaId === null) await db.delete(avatars).where(eq(avatars.userId, userId));
  else
    await db
      .insert(avatars)
      .values({ userId, mediaId })
      .onConflictDoUpdate({ target: avatars.userId, set: { mediaId } });
}
