import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { hydration } from '../../core/hydration.ts';
import { isOneOf, newerThan, timeText } from '../../core/lists.ts';
import type { Db } from '../../infra/db/db.ts';
import { devices, signupReviews, users } from '../../schema/index.ts';
import { accountColumns } from '../users/view.ts';

export async function insertReview(db: Db, review: { userId: string; deviceId: string; risk: number }) {
  await db.insert(signupReviews).values(review);
}

/** Sign-ups that no operator has cleared, oldest first. */
export const findReviewIds = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: signupReviews.userId, at: timeText(signupReviews.createdAt) })
    .from(signupReviews)
    .where(
      and(isNull(signupReviews.clearedAt), newerThan(after, signupReviews.createdAt, signupReviews.userId)),
    )
    .orderBy(signupReviews.createdAt, signupReviews.userId)
    .limit(count);

export const findReviews = hydration((db, _viewerId, ids) =>
  db
    .select({
      id: signupReviews.userId,
      account: accountColumns,
      deviceHash: devices.hash,
      risk: signupReviews.risk,
      createdAt: signupReviews.createdAt,
    })
    .from(signupReviews)
    .innerJoin(users, eq(users.id, signupReviews.userId))
    .innerJoin(devices, eq(devices.id, signupReviews.deviceId))
    .where(isOneOf(signupReviews.userId, ids))
    .prepare('reviews'),
);

export async function markCleared(db: Db, userId: string): Promise<void> {
  await db.update(signupReviews).set({ clearedAt: sql`now()` }).where(eq(signupReviews.userId, userId));
}
