import { sql } from 'drizzle-orm';
import { hashtagsOf } from '../../domains/posts/captions/hashtags.ts';
import type { Db } from '../../infra/db/db.ts';
import type { Check } from './check.ts';

export const captionChecks: Check[] = [
  {
    name: 'hashtags',
    says: 'posts whose hashtags differ from the caption',
    broken: findWrongHashtags,
  },
  {
    name: 'hashtagMisplaced',
    says: 'hashtags of a deleted post, or with another time than the post',
    broken: sql`
      select post_id || ' ' || tag as id from post_hashtags join posts on posts.id = post_id
      where posts.deleted_at is not null or posts.created_at <> post_hashtags.created_at`,
  },
  {
    name: 'mentionOfDeletedPost',
    says: 'mentions in a deleted post',
    broken: sql`
      select post_id || ' ' || user_id as id from post_mentions join posts on posts.id = post_id
      where deleted_at is not null`,
  },
];

const READ_AT_ONCE = 1000;

/** Parses captions here, because what counts as a letter in SQL depends on the locale. */
async function findWrongHashtags(db: Db): Promise<string[]> {
  const wrong: string[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await db.execute<{ id: string; caption: string; tags: string[] }>(sql`
      select id, caption, to_json(array(select tag from post_hashtags where post_id = posts.id)) as tags
      from posts where id > ${after}::uuid and deleted_at is null
        and (caption like '%#%' or exists (select from post_hashtags where post_id = posts.id))
      order by id limit ${READ_AT_ONCE}`);
    for (const { id, caption, tags } of rows) if (!isSame(hashtagsOf(caption), tags)) wrong.push(id);
    if (rows.length < READ_AT_ONCE) return wrong;
    after = rows.at(-1)!.id;
  }
}

const isSame = (expected: Set<string>, tags: string[]) =>
  expected.size === tags.length && tags.every((tag) => expected.has(tag));
