import type { ISql, Sql } from 'postgres';
import { idOf } from './seed.ts';

/** The first users, whose lists are all longer than a page; the same number at every scale. */
export const RICH = 40;

/**
 * What the lists other than the feed read, upon the network: at scale 1 so many likes that there are 2,000,000, and 500,000
 * comments. A hundredth of the posts have most of them, so that what belongs to one thing is as much at every scale.
 */
export async function seedLists(sql: Sql, scale: number): Promise<void> {
  const users = Math.round(10_000 * scale);
  const posts = Math.round(200_000 * scale);
  await sql.begin(async (tx) => {
    await tx`set local work_mem = '256MB'`;
    await tx`set local maintenance_work_mem = '512MB'`;
    await tx`set local session_replication_role = replica`;
    const indexes = await dropIndexes(tx);
    const user = (n: ReturnType<typeof tx>) => idOf(tx, 'u', tx`1 + (${n}) % ${users}::int`);
    const all = tx`generate_series(1, ${users}::int) n`;
    const some = (each: number, more: number) =>
      tx`${all}, generate_series(1, case when n <= ${RICH} then ${more}::int else ${each}::int end) k`;
    const at = tx`now() - (n * 7 % 50000) * interval '1 second' - k * interval '1 minute'`;
    const minute = tx`now() - k * interval '1 minute'`;
    const popular = (often: number, seldom: number) =>
      tx`generate_series(1, ${posts}::int) n, generate_series(1, case when n % 100 = 1 then ${often}::int else ${seldom}::int end) k`;

    await tx`insert into likes (post_id, user_id, created_at) select ${idOf(tx, 'p')}, ${user(tx`n * 3 + k * 7`)}, ${at} from ${popular(500, 5)} on conflict do nothing`;
    await tx`
      insert into comments (id, post_id, author_id, parent_id, body, created_at)
      select ${idOf(tx, 'c', tx`n * 1000 + k`)}, ${idOf(tx, 'p')}, ${user(tx`n + k * 7`)},
        case when k > 150 then ${idOf(tx, 'c', tx`n * 1000 + 150`)} end, 'Comment ' || k, ${at}
      from generate_series(1, ${posts}::int) n, generate_series(1, case when n % 100 = 1 then 200 when n % 2 = 0 then 1 else 0 end) k`;
    await tx`update posts set like_count = l.n from (select post_id, count(*) n from likes group by 1) l where l.post_id = posts.id and posts.like_count <> l.n`;
    await tx`
      insert into post_hashtags (tag, post_id, created_at)
      select case k when 1 then 'common' else 'tag' || (n + k * 333) % 1000 end, ${idOf(tx, 'p')}, now() - (${posts}::int - n) * interval '1 second'
      from generate_series(1, ${posts}::int) n, generate_series(1, 4) k where k > 1 or n % 10 = 1`;
    await tx`insert into sessions (user_id, created_at, expires_at) select ${idOf(tx, 'u')}, ${minute}, now() + interval '1 day' from ${some(3, 40)}`;
    for (const [table, owner, person, offset] of PEOPLE)
      await tx`insert into ${tx(table)} (${tx(owner)}, ${tx(person)}, created_at) select ${idOf(tx, 'u')}, ${user(tx`n + k * 7 + ${offset}::int`)}, ${minute} from ${some(3, 60)} on conflict do nothing`;
    await tx`insert into bookmarks (user_id, post_id, created_at) select ${idOf(tx, 'u')}, ${idOf(tx, 'p', tx`1 + (n * 31 + k * 11) % ${posts}::int`)}, ${minute} from ${some(5, 60)} on conflict do nothing`;
    await tx`insert into invites (code, inviter_id, uses, created_at, expires_at) select substr(md5('i' || n * 40 + k - 1), 1, 12), ${idOf(tx, 'u')}, 1, ${minute}, now() + interval '9 days' from ${all}, generate_series(1, 40) k where n * 40 + k - 1 <= ${users}::int`;
    await tx`insert into invite_redemptions (user_id, code, redeemed_at) select ${idOf(tx, 'u')}, substr(md5('i' || n), 1, 12), now() - n * interval '1 second' from generate_series(40, ${users}::int) n`;
    await tx`
      insert into stories (id, author_id, media_id, visibility, created_at, published_at, expires_at)
      select ${idOf(tx, 's', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, ${idOf(tx, 'm', tx`n - 1 + ${users}::int * (1 + k % 18)`)}, 'public', t, t, t + interval '24 hours'
      from ${some(12, 40)}, lateral (select now() - case when k <= 3 or n <= ${RICH} and k <= 25 then k * interval '10 minutes' else k * interval '1 day' end as t) at`;
    await tx`insert into story_views (story_id, viewer_id, created_at) select ${idOf(tx, 's', tx`n * 1000 + j`)}, ${user(tx`n + k * 3`)}, ${minute} from ${some(3, 300)}, generate_series(1, 3) j on conflict do nothing`;
    await tx`insert into story_reactions (story_id, user_id, emoji, created_at) select ${idOf(tx, 's', tx`n * 1000 + 1`)}, ${user(tx`n + k * 3`)}, '❤️', ${minute} from ${some(1, 200)} on conflict do nothing`;
    await tx`insert into highlights (id, owner_id, name, created_at) select ${idOf(tx, 'h', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, 'Days ' || k, ${minute} from ${some(1, 30)}`;
    await tx`insert into highlight_stories (highlight_id, story_id) select ${idOf(tx, 'h', tx`n * 1000 + k`)}, ${idOf(tx, 's', tx`n * 1000 + 1 + (k + j) % 12`)} from ${some(1, 30)}, generate_series(1, 3) j`;
    await tx`
      insert into notification_groups (id, recipient_id, kind, subject_id, created_at)
      select ${idOf(tx, 'g', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, 'postLiked', ${idOf(tx, 'p', tx`n - 1 + ${users}::int * (1 + k % 19)`)}, ${minute} from ${some(20, 80)}`;
    await tx`
      insert into notifications (group_id, recipient_id, kind, actor_id, subject_id, source_id, created_at)
      select ${idOf(tx, 'g', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, 'postLiked', ${user(tx`n + k * 3 + j`)}, ${idOf(tx, 'p', tx`n - 1 + ${users}::int * (1 + k % 19)`)}, ${idOf(tx, 'g', tx`n * 100000 + k * 10 + j`)}, ${minute}
      from ${some(20, 80)}, generate_series(1, 2) j where (k * 3 + j) % ${users}::int <> 0`;
    await tx`
      insert into cases (id, subject_type, subject_id, owner_id, status, priority, report_count, opened_at, resolved_at, resolution, reason)
      select ${idOf(tx, 'k')}, 'post', ${idOf(tx, 'p')}, ${user(tx`n`)}, case when n % 4 = 0 then 'open' else 'resolved' end, 1 + n % 9, 1, now() - n * interval '1 minute',
        case when n % 4 > 0 then now() end, case when n % 4 > 0 then 'dismiss' end, case when n % 4 > 0 then 'No' end
      from generate_series(1, ${posts / 10}::int) n`;
    await tx`
      insert into reports (case_id, reporter_id, round, category, weight, snapshot, created_at)
      select ${idOf(tx, 'k', tx`1 + (n * 60 + k) % (${posts}::int / 10)`)}, ${idOf(tx, 'u')}, 1, 'spam', 1,
        ${'{"author":{"id":"","handle":"","displayName":""},"texts":{},"mediaIds":[],"postId":null,"createdAt":"2026-11-24T00:00:00.000Z"}'}::text::jsonb, ${minute}
      from ${some(1, 60)} on conflict do nothing`;
    await tx`
      insert into actions (id, kind, subject_type, subject_id, user_id, actor, rule, reason, created_at)
      select ${idOf(tx, 'a', tx`n * 1000 + k`)}, 'warn', 'user', ${idOf(tx, 'u')}, ${idOf(tx, 'u')}, 'Zoe', 'Be kind', 'Was not', ${minute} from ${some(1, 60)}`;
    await tx`insert into appeals (action_id, user_id, text, created_at) select ${idOf(tx, 'a', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, 'I was', ${minute} from ${some(1, 60)}`;
    await tx`
      insert into audit_entries (actor, action, subject_type, subject_id, created_at)
      select 'mod' || n % 50, 'moderation.resolve', 'post', ${idOf(tx, 'p')}::text, now() - n * interval '1 minute' from generate_series(1, ${posts / 4}::int) n`;
    await tx`insert into devices (id, hash) select ${idOf(tx, 'd')}, ${hashOf(tx)} from ${all}`;
    await tx`insert into device_accounts (device_id, user_id, name, created_at) select ${idOf(tx, 'd', tx`1 + (n + k * 7) % ${users}::int`)}, ${idOf(tx, 'u')}, 'Phone', ${minute} from ${some(2, 40)} on conflict do nothing`;
    await tx`insert into device_accounts (device_id, user_id, name, created_at) select ${idOf(tx, 'd', tx`1`)}, ${idOf(tx, 'u', tx`k`)}, 'Phone', ${minute} from generate_series(1, 300) k on conflict do nothing`;
    await tx`insert into signup_reviews (user_id, device_id, risk, created_at) select ${idOf(tx, 'u')}, ${idOf(tx, 'd', tx`1`)}, 60, now() - n * interval '1 minute' from ${all} where n % 3 = 0`;
    await tx`insert into jobs (queue, kind, body, dead_at) select 'effects', 'media.place', '{}', now() from ${all}`;
    for (const { definition } of indexes) await tx.unsafe(definition);
  });
  await sql`vacuum analyze`;
}

/** Indexes of the largest tables, because filling them row by row costs more than building them at the end. Unique ones stay. */
const dropIndexes = async (tx: ISql) => {
  const indexes = await tx<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename in ('likes', 'comments', 'notifications', 'notification_groups', 'stories', 'posts')
      and indexdef not like 'CREATE UNIQUE%'`;
  for (const { name } of indexes) await tx`drop index ${tx(name)}`;
  return indexes;
};

const PEOPLE = [
  ['follow_requests', 'target_id', 'requester_id', 500],
  ['blocks', 'blocker_id', 'blocked_id', 501],
  ['mutes', 'muter_id', 'muted_id', 502],
  ['close_friends', 'owner_id', 'friend_id', 503],
] as const;

const hashOf = (sql: ISql) => sql`rpad(md5('d' || n), 43, 'x')`;
