import { type SQL, sql } from 'drizzle-orm';
import { isOneOf } from '../../../core/lists.ts';
import { isFollowing, mutedBy } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { blocks, closeFriends, followRequests, follows, users } from '../../../schema/index.ts';

const isFollowerOf = (viewerId: string) =>
  sql`exists (select from ${follows} where ${follows.followerId} = ${users.id} and ${follows.followeeId} = ${viewerId})`;

const requestedBy = (viewerId: string) =>
  sql`exists (select from ${followRequests} where ${followRequests.requesterId} = ${viewerId} and ${followRequests.targetId} = ${users.id})`;

const blockedBy = (viewerId: string) =>
  sql`exists (select from ${blocks} where ${blocks.blockerId} = ${viewerId} and ${blocks.blockedId} = ${users.id})`;

const isBlockerOf = (viewerId: string) =>
  sql`exists (select from ${blocks} where ${blocks.blockerId} = ${users.id} and ${blocks.blockedId} = ${viewerId})`;

const closeFriendOf = (viewerId: string) =>
  sql`exists (select from ${closeFriends} where ${closeFriends.ownerId} = ${viewerId} and ${closeFriends.friendId} = ${users.id})`;

/** Nested, because in a query of one table the builder drops the table's name from outermost columns. */
const flag = (predicate: SQL) => sql<boolean>`${predicate}`;

export const findRelationships = (db: Db, viewerId: string, userIds: string[]) =>
  db
    .select({
      id: users.id,
      following: flag(isFollowing(viewerId)),
      followedBy: flag(isFollowerOf(viewerId)),
      requested: flag(requestedBy(viewerId)),
      blocking: flag(blockedBy(viewerId)),
      blockedBy: flag(isBlockerOf(viewerId)),
      muting: flag(mutedBy(viewerId)),
      closeFriend: flag(closeFriendOf(viewerId)),
    })
    .from(users)
    .where(isOneOf(users.id, userIds));
