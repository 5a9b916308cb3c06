import type { ISql, Sql } from 'postgres';

/** Readers of a known number of followees, for the questions that depend on it. */
export const READER_GROUPS = [
  { follows: 50, readers: 60 },
  { follows: 500, readers: 60 },
  { follows: 2000, readers: 20 },
] as const;

const KEPT_ENTRIES = 70;

/**
 * A network made by SQL alone: `scale` 1 is 10,000 users, about 500,000 follows and 200,000 posts over a year; the groups of
 * readers are the first users. Entries of feeds are filled as fan-out would have left them after a trim.
 */
export async function seedNetwork(sql: Sql, scale = 1): Promise<void> {
  const users = Math.round(10_000 * scale);
  const posts = Math.round(200_000 * scale);
  const grouped = READER_GROUPS.reduce((sum, { readers }) => sum + readers, 0);
  await sql.begin(async (tx) => {
    await tx`set local work_mem = '256MB'`;
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into users (id, handle, email, display_name, trust_level)
      select ${idOf(tx, 'u')}, 'user' || n, 'user' || n || '@example.org', 'User ' || n, 3 from generate_series(1, ${users}::int) n`;
    await tx`insert into handles (handle, user_id) select lower(handle), id from users`;
    let first = 1;
    for (const { follows, readers } of READER_GROUPS) {
      await followAtRandom(tx, first, first + readers - 1, Math.min(follows, users - 1), users);
      first += readers;
    }
    await followAtRandom(tx, grouped + 1, users, 40, users);
    await tx`
      insert into media (id, owner_id, status, content_type, bytes, upload_key, original_key, area, folder, width, height, thumbhash, dominant_color, upload_expires_at, variants)
      select ${idOf(tx, 'm')}, ${idOf(tx, 'u', tx`1 + n % ${users}::int`)}, 'completed', 'image/jpeg', 350000, 'up/' || n, 'orig/' || n, 'pub', md5(n::text), 1800, 1200,
        '1QcSHQRnh493V4dIh4eXh1h4kJUI', '#8090a0', now(), ${JSON.stringify(VARIANTS)}::text::jsonb
      from generate_series(1, ${posts}::int) n`;
    await tx`
      insert into posts (id, author_id, caption, visibility, comment_policy, created_at, published_at)
      select ${idOf(tx, 'p')}, ${idOf(tx, 'u', tx`1 + n % ${users}::int`)}, 'Post number ' || n, case when n % 10 = 0 then 'followers' else 'public' end, 'everyone', at, at
      from generate_series(1, ${posts}::int) n, lateral (select now() - (${posts}::int - n) * (interval '365 days' / ${posts}::int) as at) t`;
    await tx`insert into post_media (post_id, position, media_id) select ${idOf(tx, 'p')}, 0, ${idOf(tx, 'm')} from generate_series(1, ${posts}::int) n`;
    await tx`insert into avatars (user_id, media_id) select ${idOf(tx, 'u')}, ${idOf(tx, 'm', tx`case when n > 1 then n - 1 else ${users}::int end`)} from generate_series(1, ${users}::int) n`;
    await tx`insert into blocks (blocker_id, blocked_id) select ${idOf(tx, 'u')}, ${idOf(tx, 'u', tx`1 + (n + k * 13) % ${users}::int`)} from generate_series(1, ${users}::int) n, generate_series(1, 2) k`;
    await tx`insert into mutes (muter_id, muted_id) select ${idOf(tx, 'u')}, ${idOf(tx, 'u', tx`1 + (n + 17) % ${users}::int`)} from generate_series(1, ${users}::int) n`;
    await tx`insert into likes (post_id, user_id) select ${idOf(tx, 'p')}, ${idOf(tx, 'u', tx`1 + (n * 3) % ${users}::int`)} from generate_series(1, ${posts}::int, 2) n`;
    await tx`update posts set like_count = 1 where id in (select post_id from likes)`;
    await tx`insert into bookmarks (post_id, user_id) select ${idOf(tx, 'p')}, ${idOf(tx, 'u', tx`1 + (n * 7) % ${users}::int`)} from generate_series(1, ${posts}::int, 10) n`;
    await tx`analyze`;
    await tx`
      update users set post_count = p.n, following_count = coalesce(f.n, 0), follower_count = coalesce(g.n, 0)
      from (select author_id, count(*) n from posts group by 1) p
      left join (select follower_id, count(*) n from follows group by 1) f on f.follower_id = p.author_id
      left join (select followee_id, count(*) n from follows group by 1) g on g.followee_id = p.author_id
      where users.id = p.author_id`;
    await tx`
      insert into feed_entries (reader_id, created_at, post_id, author_id)
      select r.id, e.created_at, e.id, e.author_id from users r, lateral (
        select p.created_at, p.id, p.author_id
        from follows f, lateral (
          select created_at, id, author_id from posts
          where author_id = f.followee_id and deleted_at is null
          order by created_at desc, id desc limit ${KEPT_ENTRIES}) p
        where f.follower_id = r.id
        order by p.created_at desc, p.id desc limit ${KEPT_ENTRIES}) e`;
    await tx`
      insert into feed_readers (reader_id, complete_after)
      select reader_id, min(created_at) - interval '1 millisecond' from feed_entries group by reader_id having count(*) = ${KEPT_ENTRIES}`;
  });
  await sql`vacuum analyze`;
}

/** A UUID computed from a number: the same kind and number give the same id, with the bits of version 4. */
export const idOf = (
  sql: ISql,
  kind: 'u' | 'm' | 'p' | 'c' | 's' | 'h' | 'g' | 'k' | 'd' | 'a',
  n = sql`n`,
) => sql`overlay(overlay(md5(${kind}::text || (${n})::text) placing '4' from 13) placing '8' from 17)::uuid`;

/** Each user follows this many others, spread evenly and differently for each; some of them twice, which counts once. */
export const followAtRandom = (sql: ISql, from: number, to: number, follows: number, users: number) => sql`
  insert into follows (follower_id, followee_id, created_at)
  select ${idOf(sql, 'u', sql`f`)}, ${idOf(sql, 'u', followee(sql, follows, users))}, now() - k * interval '1 minute'
  from generate_series(${from}::int, ${to}::int) f, generate_series(1, ${follows}::int) k
  where ${followee(sql, follows, users)} <> f
  on conflict do nothing`;

/** Number of the user that `f` follows as number `k`. */
export const followee = (sql: ISql, follows: number, users: number) =>
  sql`1 + (f + k * (1 + (${users}::int - 1) / (${follows}::int + 1)) + f * k % 7) % ${users}::int`;

const VARIANTS = (['thumb', 'medium', 'large'] as const).flatMap((name, i) =>
  (['webp', 'jpeg'] as const).map((format) => ({
    name,
    format,
    width: [200, 800, 1600][i]!,
    height: [133, 533, 1067][i]!,
    bytes: [9_000, 70_000, 240_000][i]!,
  })),
);
