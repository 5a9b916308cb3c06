import { and, asc, desc, isNotNull, lte, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf, newerThan, timeText } from '../../../core/lists.ts';
import { holdFreeStories } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { highlightStories, stories } from '../../../schema/index.ts';

/** In the order in which they expired. */
export const findExpired = (db: Db, after: Position | null, count: number) =>
  db
    .select({ id: stories.id, at: timeText(stories.expiresAt), mediaId: stories.mediaId })
    .from(stories)
    .where(and(lte(stories.expiresAt, sql`now()`), newerThan(after, stories.expiresAt, stories.id)))
    .orderBy(asc(stories.expiresAt), asc(stories.id))
    .limit(count);

interface Kept {
  days: number;
  daysTakenDown: number;
}

const daysAgo = (days: number) => sql`now() - ${days} * interval '1 day'`;

const isNoEvidence = (days: number) => sql`coalesce(${stories.takenDownAt} <= ${daysAgo(days)}, true)`;

/**
 * Stories that are over and in no highlight; the latest first, so that those which highlights have kept for long are not read on the
 * way to them. Nobody else purges or highlights them; those that another transaction holds are left for later.
 */
export const holdOver = (db: Db, { days, daysTakenDown }: Kept, count: number) =>
  holdFreeStories(
    db,
    and(lte(stories.expiresAt, daysAgo(days)), isNoEvidence(daysTakenDown), isUnkept),
    count,
    [desc(stories.expiresAt)],
  );

/** The same for deleted stories. */
export const holdDeleted = (db: Db, { days, daysTakenDown }: Kept, count: number) =>
  holdFreeStories(
    db,
    and(isNotNull(stories.deletedAt), lte(stories.deletedAt, daysAgo(days)), isNoEvidence(daysTakenDown)),
    count,
  );

export const withoutHighlight = (db: Db, ids: string[]) =>
  db
    .select({ id: stories.id, mediaId: stories.mediaId })
    .from(stories)
    .where(and(isOneOf(stories.id, ids), isUnkept))
    .orderBy(asc(stories.id));

const isUnkept = sql`not exists (select from ${highlightStories} where ${highlightStories.storyId} = ${stories.id})`;
