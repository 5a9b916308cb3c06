import { eq } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { avatars } from '../../../schema/index.ts';

export async function findAvatarMediaId(db: Db, userId: string): Promise<string | null> {
  const [row] = await db.select({ mediaId: avatars.mediaId }).from(avatars).where(eq(avatars.userId, userId));
  return row?.mediaId ?? null;
}

export async function writeAvatar(db: Db, userId: string, mediaId: string | null): Promise<void> {
  if (mediaId === null) await db.delete(avatars).where(eq(avatars.userId, userId));
  else
    await db
      .insert(avatars)
      .values({ userId, mediaId })
      .onConflictDoUpdate({ target: avatars.userId, set: { mediaId } });
}
