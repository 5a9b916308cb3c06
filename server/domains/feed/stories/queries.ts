import { and, asc, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf } from '../../../core/lists.ts';
import { homeStory, homeStoryAt } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { follows, stories, storyViews, users } from '../../../schema/index.ts';

/**
 * When the walk began and how far it has come: the reader's own stories first, then users with unseen ones, then by
 * newest story.
 */
interface Rank {
  startedAt: string;
  isOwn: boolean;
  hasUnseen: boolean;
  latestAt: string;
}

/**
 * Users with stories, in order. The order is the one at the start of the walk, whatever is posted, seen or deleted in
 * the meantime, so that no user appears twice or is skipped. `offset 0` keeps the planner from reading the stories of
 * users whom the reader does not follow.
 */
export async function findStoryAuthors(
  db: Db,
  readerId: string,
  after: Position | null,
  count: number,
): Promise<Position[]> {
  const before = after && (JSON.parse(after.at) as Rank);
  const startedAt = before ? sql`${before.startedAt}::text::timestamptz` : sql`now()`;
  const place = sql`(is_own, has_unseen, latest_at, author_id)`;
  const isLater = before
    ? sql`${place} < (${before.isOwn}::boolean, ${before.hasUnseen}::boolean, ${before.latestAt}::text::timestamptz, ${after.id}::uuid)`
    : sql`true`;
  const isUnseen = sql`${stories.authorId} <> ${readerId} and coalesce(
    (select ${storyViews.createdAt} > ${startedAt} from ${storyViews} where ${storyViews.storyId} = ${stories.id} and ${storyViews.viewerId} = ${readerId}), true)`;
  const rows = await db.execute<{ id: string; rank: Rank }>(sql`
    with authors as materialized (
      select ${users.id} as author_id, ${users.id} = ${readerId} as is_own,
        bool_or(${isUnseen}) as has_unseen, max(${stories.createdAt}) as latest_at
      from (
        select ${follows.followeeId} as id from ${follows} where ${follows.followerId} = ${readerId}
        union all select ${readerId}::uuid
      ) as near
      cross join lateral (select * from ${users} where ${users.id} = near.id offset 0) as users
      cross join lateral (
        select * from ${stories} where ${stories.authorId} = near.id and ${stories.expiresAt} > ${startedAt} offset 0
      ) as stories
      where ${homeStoryAt(readerId, startedAt)}
      group by ${users.id}
    )
    select author_id as id, json_build_object('startedAt', (${startedAt})::text, 'isOwn', is_own,
      'hasUnseen', has_unseen, 'latestAt', latest_at::text) as rank
    from authors where ${isLater} order by ${place} desc limit ${count}`);
  return rows.map(({ id, rank }) => ({ id, at: JSON.stringify(rank) }));
}

/** The stories of these users that the reader may see now, oldest first. */
export const findStoriesOf = (db: Db, readerId: string, authorIds: string[]) =>
  db
    .select({
      id: stories.id,
      authorId: stories.authorId,
      createdAt: stories.createdAt,
      isSeen: sql<boolean>`${stories.authorId} = ${readerId} or coalesce(
        (select true from ${storyViews} where ${storyViews.storyId} = ${stories.id} and ${storyViews.viewerId} = ${readerId}), false)`,
    })
    .from(stories)
    .innerJoin(users, sql`${users.id} = ${stories.authorId}`)
    .where(and(isOneOf(stories.authorId, authorIds), homeStory(readerId)))
    .orderBy(asc(stories.createdAt), asc(stories.id));
