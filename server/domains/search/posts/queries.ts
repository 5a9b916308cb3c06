import { sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan, timeText } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { posts } from '../../../schema/index.ts';

/** How many of the latest posts are read first: a word that is not frequent among them is rare enough for the full-text index. */
const READ_FIRST = 1000;

const place = sql`${posts.id}, ${timeText(posts.createdAt)} as at`;

const containsWords = (q: string) =>
  sql`to_tsvector('simple', ${posts.caption}) @@ plainto_tsquery('simple', ${q})`;

/** Newest first. The choice is not left to the planner, which has no statistics on rare words. */
export async function findPostsWith(
  db: Db,
  q: string,
  after: Position | null,
  count: number,
): Promise<Position[]> {
  const older = olderThan(after, posts.createdAt, posts.id) ?? sql`true`;
  const latest = await db.execute<{ id: string; at: string }>(sql`
    select ${place} from (
      select * from ${posts} where ${posts.deletedAt} is null and ${older}
      order by ${posts.createdAt} desc, ${posts.id} desc limit ${READ_FIRST}
    ) as posts
    where ${containsWords(q)} order by ${posts.createdAt} desc, ${posts.id} desc limit ${count}`);
  if (latest.length === count) return [...latest];
  const rows = await db.execute<{ id: string; at: string }>(sql`
    with said as materialized (
      select ${posts.id}, ${posts.createdAt} from ${posts} where ${containsWords(q)} and ${posts.deletedAt} is null and ${older}
    )
    select id, created_at::text as at from said order by created_at desc, id desc limit ${count}`);
  return [...rows];
}
