import type { Viewer } from '../../server/core/context.ts';
import { codeOf } from './refusal.ts';
import type { World } from './world.ts';

interface Reader {
  id: string;
  viewer: Viewer;
}

/** What the home feed is, said once more and plainly: the ids of all its posts, newest first. */
export async function plainFeed({ database: { sql } }: World, { id }: Reader): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select posts.id from posts join users author on author.id = posts.author_id
    where posts.deleted_at is null
      and author.deleted_at is null and coalesce(author.banned_until < now(), true)
      and (
        author.id = ${id}
        or (
          posts.published_at is not null and posts.taken_down_at is null
          and author.id in (select followee_id from follows where follower_id = ${id})
          and author.id not in (select blocked_id from blocks where blocker_id = ${id})
          and author.id not in (select blocker_id from blocks where blocked_id = ${id})
          and author.id not in (
            select muted_id from mutes where muter_id = ${id} and coalesce(expires_at > now(), true)
          )
        )
      )
    order by posts.created_at desc, posts.id desc`;
  return rows.map((row) => row.id);
}

/** All pages of the home feed, from first to last; retries a page while the database is unavailable. */
export async function walkFeed(world: World, reader: Reader, limit: number) {
  const posts: { id: string; createdAt: Date }[] = [];
  let cursor: string | undefined;
  do {
    const page = await patiently(() => world.as(reader).feed.home(cursor ? { limit, cursor } : { limit }));
    const isLast = page.nextCursor === null;
    if (!isLast && page.items.length !== limit)
      throw new Error(`a page of ${page.items.length} amid the feed`);
    posts.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return posts;
}

const ATTEMPTS = 10;

/** Retries as clients do when the error says so. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = call();
    if ((await codeOf(answer)) !== 'unavailable' || attempt === ATTEMPTS) return answer;
  }
}

export const idsOf = (posts: { id: string }[]) => posts.map(({ id }) => id);
