import { type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { findableUser, isFollowing } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { follows, users } from '../../schema/index.ts';
import { beginningWith, containing } from './patterns.ts';

/** So many are weighed of each way to match, however many there are: who is looked for will be typed further. */
const WEIGHED = 200;
/** So many of the latest whom the viewer follows. */
const ASKED_PEOPLE = 1000;

const handle = sql`lower(${users.handle})`;
const name = sql`lower(${users.displayName})`;

/**
 * Best match first: the exact handle, handles that begin so, names of which a word begins so, what is alike; within each those
 * whom the viewer follows, then the more alike. `at` is that rank. What is less good is not looked for when enough begin so: the
 * index of trigrams is read for all that fit.
 */
export async function findUsers(
  db: Db,
  viewerId: string,
  q: string,
  after: Position | null,
  count: number,
): Promise<Position[]> {
  const wanted = sql`lower(${q}::text)`;
  const hasHandle = sql`${handle} like ${beginningWith(q)}`;
  const hasFirstName = sql`${name} like ${beginningWith(q)}`;
  const hasLaterName = sql`${name} like ${containing(` ${q}`)}`;
  const hasName = sql`(${hasFirstName} or ${hasLaterName})`;
  const matching = (condition: SQL, order = sql``, most = sql`${WEIGHED}`) =>
    sql`(select ${users.id} from ${users} where ${condition} ${order} limit ${most})`;
  const left = sql`(select greatest(0, ${WEIGHED} - count(*)) from begun)`;
  const rows = await db.execute<{ id: string; at: string }>(sql`
    with begun as materialized (
      ${matching(sql`${handle} = ${wanted}`)}
      union (
        select followed.id from (
          select ${follows.followeeId} as id from ${follows} where ${follows.followerId} = ${viewerId}
          order by ${follows.createdAt} desc limit ${ASKED_PEOPLE}
        ) followed
        cross join lateral (select * from ${users} where ${users.id} = followed.id offset 0) as users
        where ${hasHandle} or ${hasName} limit ${WEIGHED})
      union ${matching(hasHandle, sql`order by ${handle} using ~<~`)}
      union ${matching(hasFirstName, sql`order by ${name} using ~<~`)}
    ), found as (
      select id from begun
      union ${matching(hasLaterName, sql``, left)}
      union ${matching(sql`${wanted} <% ${handle}`, sql``, left)}
      union ${matching(sql`${wanted} <% ${name}`, sql``, left)}
    ), ranked as (
      select ${users.id}, round((
        case when ${handle} = ${wanted} then 8 when ${hasHandle} then 6 when ${hasName} then 4 else 2 end
        + case when ${isFollowing(viewerId)} then 1 else 0 end
        + 0.99 * greatest(similarity(${wanted}, ${handle}), similarity(${wanted}, ${name})))::numeric, 6) as rank
      from ${users} where ${users.id} = any(array(select id from found)) and ${findableUser(viewerId, wanted)}
    )
    select id, rank::text as at from ranked
    ${after ? sql`where (rank, id) < (${after.at}::text::numeric, ${after.id}::uuid)` : sql``}
    order by rank desc, id desc limit ${count}`);
  return [...rows];
}
