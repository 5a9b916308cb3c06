import { and, count, eq, isNotNull, isNull, type SQL, sql, sum } from 'drizzle-orm';
import { alias, type PgTable } from 'drizzle-orm/pg-core';
import type { PointChange, PointReason } from '../../../core/points.ts';
import type { Db } from '../../../infra/db/db.ts';
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
  trustPoints,
  users,
} from '../../../schema/index.ts';

/** Null when the source has been purged: the last points stay. */
type PointRule = (db: Db, change: PointChange) => Promise<number | null>;

/** The points for a source in its current state, however it got there. */
export const pointsFor: PointRule = (db, change) => pointRules[change.act](db, change);

const pointRules: Record<PointReason, PointRule> = {
  post: (db, { sourceId }) =>
    stands(
      db,
      posts,
      eq(posts.id, sourceId),
      5,
      sql`${posts.publishedAt} is not null and ${isActive(posts)}`,
    ),
  // A comment is deleted with its post, before this is called.
  comment: async (db, { sourceId }) =>
    (await stands(
      db,
      comments,
      eq(comments.id, sourceId),
      2,
      sql`${isActive(comments)} and not exists (select from ${comments} parents where ${parents.id} = ${comments.parentId} and not (${isActive(parents)}))`,
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

const isActive = ({ deletedAt, takenDownAt }: typeof posts | typeof comments | typeof parents): SQL =>
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

/** Sets the points of one entry of a locked user; returns the difference. */
export async function writePoints(db: Db, change: PointChange, points: number): Promise<number> {
  const ofSource = and(
    eq(trustPoints.userId, change.userId),
    eq(trustPoints.act, change.act),
    eq(trustPoints.sourceId, change.sourceId),
  );
  const [before] = await db.select({ points: trustPoints.points }).from(trustPoints).where(ofSource);
  if (points === (before?.points ?? 0)) return 0;
  if (points === 0) await db.delete(trustPoints).where(ofSource);
  else if (before) await db.update(trustPoints).set({ points }).where(ofSource);
  else await db.insert(trustPoints).values({ ...change, points });
  return points - (before?.points ?? 0);
}

/** By kind: how many entries there are, and the sum of their points. */
export const summarize = (db: Db, userId: string) =>
  db
    .select({
      act: trustPoints.act,
      count: count(),
      points: sum(trustPoints.points).mapWith(Number),
    })
    .from(trustPoints)
    .where(eq(trustPoints.userId, userId))
    .groupBy(trustPoints.act)
    .orderBy(trustPoints.act) as unknown as Promise<{ act: PointReason; count: number; points: number }[]>;
