import type { Sql } from 'postgres';
import { followAtRandom, followee, idOf, READER_GROUPS } from './seed.ts';

/** As many as there are at scale 1. */
const PEOPLE = 10_000;
const STORIES = 12;
const LIVE_STORIES = 3;

/**
 * Makes a smaller network up to the people of the whole one, so that who follows 2,000 follows as many in both, who have as
 * many stories and follow as many others whom the reader does not know. The new ones have no posts, and nobody else follows
 * them: what is compared is the same question to a tenth of the data.
 */
export async function seedQuiet(sql: Sql, scale: number): Promise<void> {
  const users = Math.round(PEOPLE * scale);
  if (users >= PEOPLE) return;
  const { follows, readers } = READER_GROUPS.at(-1)!;
  const first = 1 + READER_GROUPS.slice(0, -1).reduce((sum, group) => sum + group.readers, 0);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const quiet = tx`generate_series(${users + 1}::int, ${PEOPLE}::int) n`;
    const known = users + follows;
    await tx`
      insert into users (id, handle, email, display_name, trust_level)
      select ${idOf(tx, 'u')}, 'quiet' || n, 'quiet' || n || '@example.org', 'Quiet ' || n, 3 from ${quiet}`;
    await tx`insert into handles (handle, user_id) select lower(handle), id from users where handle like 'quiet%'`;
    await tx`insert into avatars (user_id, media_id) select ${idOf(tx, 'u')}, ${idOf(tx, 'm')} from ${quiet}`;
    // Latest of all, so that the suggestions come from those that these users follow; as many as at scale 1.
    await tx`
      insert into follows (follower_id, followee_id, created_at)
      select ${idOf(tx, 'u', tx`f`)}, ${idOf(tx, 'u')}, now() + n * interval '1 millisecond'
      from generate_series(${first}::int, ${first + readers - 1}::int) f,
        lateral (
          select count(distinct ${followee(tx, follows, PEOPLE)}) - (select count(*) from follows where follower_id = ${idOf(tx, 'u', tx`f`)}) as missing
          from generate_series(1, ${follows}::int) k) few,
        lateral generate_series(${users + 1}::int, ${users}::int + missing::int) n`;
    await followAtRandom(tx, users + 1, known, 40, PEOPLE);
    await tx`
      insert into stories (id, author_id, media_id, visibility, created_at, published_at, expires_at)
      select ${idOf(tx, 's', tx`n * 1000 + k`)}, ${idOf(tx, 'u')}, ${idOf(tx, 'm')}, 'public', t, t, t + interval '24 hours'
      from generate_series(${users + 1}::int, ${known}::int) n, generate_series(1, ${STORIES}::int) k,
        lateral (select now() - case when k <= ${LIVE_STORIES} then k * interval '10 minutes' else k * interval '1 day' end as t) at`;
  });
  await sql`vacuum analyze`;
}
