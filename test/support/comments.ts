import { sql } from 'drizzle-orm';
import { comments } from '../../server/schema/index.ts';
import type { Extra } from './crowd.ts';
import { insertMedia } from './mediaRows.ts';
import type { World } from './world.ts';

interface Options {
  caption?: string;
  visibility?: 'public' | 'followers';
  commentPolicy?: 'everyone' | 'followers' | 'nobody';
}

/** A published post without objects. */
export async function quickPost(
  world: World,
  author: Extra,
  { visibility = 'public', ...options }: Options = {},
): Promise<string> {
  const mediaIds = await insertMedia(world, author, 1);
  return (await world.as(author).posts.create({ mediaIds, visibility, ...options })).id;
}

/** Posts and comments whose counts are not those of their rows. */
export async function wrongCommentCounts({ app: { db } }: World): Promise<unknown[]> {
  const stands = sql`c.deleted_at is null and c.taken_down_at is null`;
  const rows = await db.execute(sql`
    select 'post' as what, p.id, p.comment_count as kept, counted from posts p, lateral (
      select count(*)::int as counted from ${comments} c left join ${comments} parent on parent.id = c.parent_id
      where c.post_id = p.id and ${stands} and parent.deleted_at is null and parent.taken_down_at is null) n
    where counted <> p.comment_count
    union all
    select 'replies', p.id, p.reply_count, counted from ${comments} p, lateral (
      select count(*)::int as counted from ${comments} c where c.parent_id = p.id and ${stands}) n
    where counted <> p.reply_count
    union all
    select 'likes', p.id, p.like_count, counted from ${comments} p, lateral (
      select count(*)::int as counted from comment_likes where comment_id = p.id) n
    where counted <> p.like_count`);
  return [...rows];
}
