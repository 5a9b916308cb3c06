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

/** Null when nothing is left to tell by: what the act was worth last stays. */
type Worth = (db: Db, change: TrustChange) => Promise<number | null>;

/** What an act is worth by what there is now, whichever way it came to that. */
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
  // It goes with its post too, before this is asked.
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
  // Whoever is settled was gained once: lost, one of the three is gone, and gained again none is added.
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

/** Whose invite the person came by; null when it was an operator's, or nobody's any more. */
export async function findInviter(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ inviterId: invites.inviterId })
    .from(inviteRedemptions)
    .innerJoin(invites, eq(invites.code, inviteRedemptions.code))
    .where(and(eq(inviteRedemptions.userId, userId), isNotNull(invites.inviterId)));
  return row?.inviterId ?? null;
}
