import { and, asc, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { isOneOf, newerThan, timeText } from '../../core/lists.ts';
import type { Db } from '../../infra/db/db.ts';
import { highlightStories, stories } from '../../schema/index.ts';

/** In the order in which their days ended. */
export const findExpired = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: stories.id, at: timeText(stories.expiresAt), mediaId: stories.mediaId })
    .from(stories)
    .where(and(lte(stories.expiresAt, sql`now()`), newerThan(after, stories.expiresAt, stories.id)))
    .orderBy(asc(stories.expiresAt), asc(stories.id))
    .limit(count);

const daysAgo = (days: number) => sql`now() - ${days} * interval '1 day'`;

/** Until the transaction ends nobody else erases or highlights them; those that somebody is at are left for later. */
export async function lockOld(
  db: Db,
  { days, daysTakenDown }: { days: number; daysTakenDown: number },
  count: number,
): Promise<string[]> {
  const isOver = and(
    lte(stories.expiresAt, daysAgo(days)),
    sql`coalesce(${stories.takenDownAt} <= ${daysAgo(daysTakenDown)}, true)`,
    isUnkept,
  );
  const isLongDeleted = and(isNotNull(stories.deletedAt), lte(stories.deletedAt, daysAgo(days)));
  const rows = await db
    .select({ id: stories.id })
    .from(stories)
    .where(or(isOver, isLongDeleted))
    .limit(count)
    .for('update', { skipLocked: true });
  return rows.map(({ id }) => id);
}

export const withoutHighlight = (db: Db, ids: string[]) =>
  db
    .select({ id: stories.id, mediaId: stories.mediaId })
    .from(stories)
    .where(and(isOneOf(stories.id, ids), isUnkept))
    .orderBy(asc(stories.id));

const isUnkept = sql`not exists (select from ${highlightStories} where ${highlightStories.storyId} = ${stories.id})`;
