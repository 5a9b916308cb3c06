import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias, type PgTable } from 'drizzle-orm/pg-core';
import type { TrustAct, TrustChange } from '../../core/acts.ts';
import type { Db } from '../../infra/db/db.ts';
import {
  actions,
  comments,
  follows,
  inviteRedemptions,
  invites,
  likes,
  posts,
  reports,
  strikes,
  users,
} from '../../schema/index.ts';

/** Null when the source has been purged: the last points stay. */
type Worth = (db: Db, change: TrustChange) => Promise<number | null>;

/** The points for a source in its current state, however it got there. */
export const worthOf: Worth = (db, change) => worths[change.act](db, change);

const worths: Record<TrustAct, Worth> = {
  post: (db, { sourceId }) =>
    stands(
      db,
      posts,
      eq(posts.id, sourceId),
      5,
      sql`${posts.publishedAt} is not null and ${isStanding(posts)}`,
    ),
  // A comment is deleted with its post, before this is called.
  comment: async (db, { sourceId }) =>
    (await stands(
      db,
      comments,
      eq(comments.id, sourceId),
      2,
      sql`${isStanding(comments)} and not exists (select from ${comments} parents where ${parents.id} = ${comments.parentId} and not (${isStanding(parents)}))`,
    )) ?? 0,
  likeReceived: (db, { sourceId }) => {
    const [postId, likerId] = sourceId.split(':') as [string, string];
    const isLiked = sql`exists (select from ${likes} where ${likes.postId} = ${posts.id} and ${likes.userId} = ${likerId} and ${likes.userId} <> ${posts.authorId})`;
    return stands(db, posts, eq(posts.id, postId), 1, isLiked);
  },
  // A follower was gained once: losing them costs one of the three points, and regaining them adds only that one.
  follower: async (db, { userId, sourceId }) => {
    const found = and(eq(follows.followerId, sourceId), eq(follows.followeeId, userId));
    return (await db.$count(follows, found)) > 0 ? 3 : 2;
  },
  flagUpheld: (db, { sourceId }) =>
    stands(
      db,
      reports,
      eq(reports.id, sourceId),
      -10,
      sql`exists (select from ${actions} where ${actions.id} = ${reports.actionId} and ${actions.undoneAt} is null)`,
    ),
  contentRemoved: (db, { sourceId }) =>
    stands(db, actions, eq(actions.id, sourceId), -25, isNull(actions.undoneAt)),
  strike: (db, { sourceId }) => stands(db, strikes, eq(strikes.id, sourceId), -50, isNull(strikes.undoneAt)),
  invitedBasic: (db, { sourceId }) =>
    stands(db, users, eq(users.id, sourceId), 10, sql`${users.trustLevel} > 0`),
};

const parents = alias(comments, 'parents');

const isStanding = ({ deletedAt, takenDownAt }: typeof posts | typeof comments | typeof parents): SQL =>
  and(isNull(deletedAt), isNull(takenDownAt))!;

async function stands(db: Db, table: PgTable, found: SQL, points: number, rule: SQL): Promise<number | null> {
  const [row] = await db
    .select({ stands: sql<boolean>`(${rule})` })
    .from(table)
    .where(found);
  if (!row) return null;
  return row.stands ? points : 0;
}

/** The user whose invite was used; null when an operator made it, or its inviter is gone. */
export async function findInviter(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ inviterId: invites.inviterId })
    .from(inviteRedemptions)
    .innerJoin(invites, eq(invites.code, inviteRedemptions.code))
    .where(and(eq(inviteRedemptions.userId, userId), isNotNull(invites.inviterId)));
  return row?.inviterId ?? null;
}
