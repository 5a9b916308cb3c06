import { and, eq, sql } from 'drizzle-orm';
import { shownPostCount } from '../../core/marks.ts';
import { avatarMedia, cardColumns, ofAvatar, ofUser } from '../../core/userColumns.ts';
import { openAccount, visibleUser } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { avatars, users } from '../../schema/index.ts';

/** By id or by handle; `isOpen` says whether the viewer may know the counts. */
export async function findVisibleProfile(
  db: Db,
  viewerId: string | null,
  by: { userId: string } | { handle: string },
) {
  const wanted =
    'userId' in by ? eq(users.id, by.userId) : eq(sql`lower(${users.handle})`, by.handle.toLowerCase());
  const [row] = await db
    .select({
      ...cardColumns,
      bio: users.bio,
      followerCount: users.followerCount,
      followingCount: users.followingCount,
      postCount: shownPostCount(),
      createdAt: users.createdAt,
      isOpen: sql<boolean>`${openAccount(viewerId)}`,
    })
    .from(users)
    .leftJoin(avatars, ofUser)
    .leftJoin(avatarMedia, ofAvatar)
    .where(and(wanted, visibleUser(viewerId)));
  return row;
}
