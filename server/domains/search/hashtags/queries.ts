import { sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { visiblePost } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { postHashtags, posts, users } from '../../../schema/index.ts';
import { RECENT_POSTS } from '../contract.ts';
import { startsWith } from '../matching/queries.ts';

/** Upper bound of the hashtags that are ranked, in the order of their names: a user who wants another one types on. */
export const WEIGHED = 300;

/** The exact hashtag first, then by recent use. The id is the hashtag, `at` its rank. */
export async function findHashtags(
  db: Db,
  q: string,
  after: Position | null,
  count: number,
): Promise<Position[]> {
  const prefix = startsWith(q);
  // One step in the index per hashtag, however many posts have it.
  const rows = await db.execute<{ id: string; at: string }>(sql`
    with recursive found as (
      (select ${postHashtags.tag} from ${postHashtags} where ${postHashtags.tag} like ${prefix}
        order by ${postHashtags.tag} using ~<~ limit 1)
      union all
      select (
        select ${postHashtags.tag} from ${postHashtags}
        where ${postHashtags.tag} ~>~ found.tag and ${postHashtags.tag} like ${prefix}
        order by ${postHashtags.tag} using ~<~ limit 1
      ) from found where found.tag is not null
    ), weighed as (
      select tag from found where tag is not null limit ${WEIGHED}
    ), ranked as (
      select weighed.tag, uses + case when weighed.tag = lower(${q}::text) then 1000 else 0 end as rank
      from weighed, lateral (
        select count(*)::int as uses from (
          select from ${postHashtags} where ${postHashtags.tag} = weighed.tag
          order by ${postHashtags.createdAt} desc limit ${RECENT_POSTS}
        ) latest
      ) counted
    )
    select tag as id, rank::text as at from ranked
    ${after ? sql`where (-rank, tag collate "C") > (-${after.at}::text::int, ${after.id}::text)` : sql``}
    order by rank desc, tag collate "C" limit ${count}`);
  return [...rows];
}

/** How many of the latest posts with each hashtag the viewer may see. */
export async function countVisiblePosts(
  db: Db,
  viewerId: string,
  tags: string[],
): Promise<Map<string, number>> {
  if (tags.length === 0) return new Map();
  const rows = await db.execute<{ tag: string; count: number }>(sql`
    select asked.tag, counted.count
    from jsonb_array_elements_text(${JSON.stringify(tags)}::text::jsonb) as asked (tag), lateral (
      select count(*)::int as count from (
        select ${postHashtags.postId} from ${postHashtags} where ${postHashtags.tag} = asked.tag
        order by ${postHashtags.createdAt} desc, ${postHashtags.postId} desc limit ${RECENT_POSTS}
      ) latest
      join ${posts} on ${posts.id} = latest.post_id join ${users} on ${users.id} = ${posts.authorId}
      where ${visiblePost(viewerId)}
    ) counted
    where counted.count > 0`);
  return new Map([...rows].map(({ tag, count }) => [tag, count]));
}
