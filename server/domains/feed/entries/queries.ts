import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { freeReaders } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { feedEntries, feedReaders, follows, posts, users } from '../../../schema/index.ts';
import type { Place } from '../home/queries.ts';

/**
 * Holds the reader's row, creating it if necessary, and gives it a new version. Returns `completeAfter` as text,
 * which may be either infinity.
 */
export async function holdReader(db: Db, readerId: string): Promise<string> {
  const [row] = await db
    .insert(feedReaders)
    .values({ readerId, completeAfter: UNKNOWN })
    .onConflictDoUpdate({ target: feedReaders.readerId, set: { version: sql`gen_random_uuid()` } })
    .returning({ completeAfter: sql<string>`coalesce(${feedReaders.completeAfter}, '-infinity')::text` });
  return row!.completeAfter;
}

const UNKNOWN = sql`'infinity'::timestamptz`;

export async function setCompleteAfter(db: Db, readerId: string, at: string | null): Promise<void> {
  await db
    .update(feedReaders)
    .set({ completeAfter: sql`${at}::text::timestamptz` })
    .where(eq(feedReaders.readerId, readerId));
}

export async function changeVersion(db: Db, readerId: string): Promise<void> {
  await db
    .update(feedReaders)
    .set({ version: sql`gen_random_uuid()` })
    .where(eq(feedReaders.readerId, readerId));
}

export async function insertEntries(db: Db, readerId: string, places: Place[]): Promise<void> {
  if (places.length === 0) return;
  const rows = places.map(({ id, authorId, at }) => ({
    readerId,
    createdAt: sql`${at}::text::timestamptz`,
    postId: id,
    authorId,
  }));
  await db.insert(feedEntries).values(rows).onConflictDoNothing();
}

export async function deleteEntriesOfAuthor(db: Db, readerId: string, authorId: string): Promise<void> {
  await db
    .delete(feedEntries)
    .where(and(eq(feedEntries.readerId, readerId), eq(feedEntries.authorId, authorId)));
}

export async function deleteEntriesOf(db: Db, readerId: string): Promise<void> {
  await db.delete(feedEntries).where(eq(feedEntries.readerId, readerId));
}

interface FeedPost {
  id: string;
  authorId: string;
}

export async function findFeedPost(db: Db, postId: string): Promise<FeedPost | undefined> {
  const [post] = await db
    .select({ id: posts.id, authorId: posts.authorId })
    .from(posts)
    .where(and(eq(posts.id, postId), isNotNull(posts.publishedAt), isNull(posts.deletedAt)));
  return post;
}

/** Fans the post out to the next followers, ordered by id. Returns their ids, including those who already had the entry. */
export async function insertForFollowers(
  db: Db,
  { id, authorId }: FeedPost,
  afterReaderId: string | null,
  count: number,
): Promise<string[]> {
  const rows = await db.execute<{ readerId: string }>(sql`
    with readers as materialized (
      select ${follows.followerId} as reader_id from ${follows}
      where ${follows.followeeId} = ${authorId} and not ${follows.merged}
        and not (select ${users.widelyFollowed} from ${users} where ${users.id} = ${authorId})
        ${afterReaderId === null ? sql`` : sql`and ${follows.followerId} > ${afterReaderId}`}
      order by ${follows.followerId} limit ${count}
    ), sent as (
      insert into ${feedEntries} (reader_id, created_at, post_id, author_id)
      select reader_id, ${posts.createdAt}, ${posts.id}, ${posts.authorId} from readers cross join ${posts}
      where ${posts.id} = ${id} order by reader_id
      on conflict do nothing
    )
    select reader_id as "readerId" from readers order by reader_id`);
  return rows.map(({ readerId }) => readerId);
}

/** Readers without a row get one that says `UNKNOWN`, so that others can lock it. */
export async function insertUnknownReaders(db: Db, readerIds: string[]): Promise<void> {
  const rows = [...readerIds].sort().map((readerId) => ({ readerId, completeAfter: UNKNOWN }));
  await db.insert(feedReaders).values(rows).onConflictDoNothing();
}

/**
 * Deletes the entries beyond the number kept for each reader and records how far the remaining ones are complete.
 * Skips readers that are locked.
 */
export async function trimEntries(db: Db, readerIds: string[], kept: number): Promise<void> {
  await db.execute(sql`
    with readers as materialized (
      ${freeReaders(readerIds)}
    ), cuts as materialized (
      select readers.reader_id, cut.created_at from readers cross join lateral (
        select ${feedEntries.createdAt} from ${feedEntries} where ${feedEntries.readerId} = readers.reader_id
        order by ${feedEntries.createdAt} desc, ${feedEntries.postId} desc offset ${kept} limit 1
      ) cut
    ), raised as (
      update ${feedReaders} set complete_after = greatest(complete_after, cuts.created_at)
      from cuts where ${feedReaders.readerId} = cuts.reader_id
    )
    delete from ${feedEntries} using cuts
    where ${feedEntries.readerId} = cuts.reader_id and ${feedEntries.createdAt} <= cuts.created_at`);
}
