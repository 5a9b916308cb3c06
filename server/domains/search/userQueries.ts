import { type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { findableUser, isFollowing } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import { follows, users } from '../../schema/index.ts';
import { beginningWith, containing } from './patterns.ts';

/** So many are weighed of each way to match, however many there are: who is looked for will be typed further. */
const WEIGHED = 200;

const handle = sql`lower(${users.handle})`;
const name = sql`lower(${users.displayName})`;

/**
 * Best match first: the exact handle, handles that begin so, names of which a word begins so, what is alike; within each those
 * whom the viewer follows, then the more alike. `at` is that rank.
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
  const hasName = sql`(${name} like ${beginningWith(q)} or ${name} like ${containing(` ${q}`)})`;
  const matching = (condition: SQL, order = sql``) =>
    sql`(select ${users.id} from ${users} where ${condition} ${order} limit ${WEIGHED})`;
  const rows = await db.execute<{ id: string; at: string }>(sql`
    with found as (
      ${matching(sql`${handle} = ${wanted}`)}
      union (
        select ${users.id} from ${follows} join ${users} on ${users.id} = ${follows.followeeId}
        where ${follows.followerId} = ${viewerId} and (${hasHandle} or ${hasName}) limit ${WEIGHED})
      union ${matching(hasHandle, sql`order by ${handle} using ~<~`)}
      union ${matching(hasName)}
      union ${matching(sql`${wanted} <% ${handle}`)}
      union ${matching(sql`${wanted} <% ${name}`)}
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
