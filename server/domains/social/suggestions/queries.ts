import { and, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { isOneOf } from '../../../core/lists.ts';
import { suggestible, visibleUser } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { follows, users } from '../../../schema/index.ts';

/** Bounds on what is read of the graph: the latest follows of the viewer, and of each user they follow. */
export const ASKED_PEOPLE = 200;
export const ASKED_FOLLOWS = 50;
const SHOWN_PEOPLE = 3;

/** `at` is the number of followed users who follow them. */
export interface SuggestionRow extends Position {
  count: number;
  /** A few of those who followed them last. */
  followerIds: string[];
}

/** Most followed first. Users whom the viewer follows already are left out here, because they are the majority. */
export async function findSuggestions(
  db: Db,
  viewerId: string,
  after: Position | null,
  limit: number,
): Promise<SuggestionRow[]> {
  const rows = await db.execute<{ [Key in keyof SuggestionRow]: SuggestionRow[Key] }>(sql`
    with followed as materialized (
      select ${follows.followeeId} as id from ${follows} join ${users} on ${users.id} = ${follows.followeeId}
      where ${follows.followerId} = ${viewerId} and ${visibleUser(viewerId)}
      order by ${follows.createdAt} desc, ${follows.followeeId} desc limit ${ASKED_PEOPLE}
    ), theirs as materialized (
      select latest.* from followed cross join lateral (
        select ${follows.followeeId}, ${follows.followerId}, ${follows.createdAt} from ${follows}
        where ${follows.followerId} = followed.id
        order by ${follows.createdAt} desc, ${follows.followeeId} desc limit ${ASKED_FOLLOWS}
      ) latest
    ), page as materialized (
      select followee_id as id, count(*)::int as count from theirs
      where followee_id <> ${viewerId}
        and not exists (select from ${follows} where ${follows.followerId} = ${viewerId} and ${follows.followeeId} = theirs.followee_id)
      group by followee_id
      ${after ? sql`having (count(*), followee_id) < (${after.at}::text::int, ${after.id}::uuid)` : sql``}
      order by count(*) desc, followee_id desc limit ${limit}
    )
    select page.id, page.count::text as at, page.count,
      to_json((array_agg(theirs.follower_id order by theirs.created_at desc, theirs.follower_id desc))[1:${SHOWN_PEOPLE}]) as "followerIds"
    from page join theirs on theirs.followee_id = page.id
    group by page.id, page.count order by page.count desc, page.id desc`);
  return [...rows];
}

export async function findSuggestible(db: Db, viewerId: string, ids: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(isOneOf(users.id, ids), suggestible(viewerId)));
  return rows.map(({ id }) => id);
}
