import { type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../../core/cursors.ts';
import { olderThan } from '../../../core/lists.ts';
import type { Db } from '../../../infra/db/db.ts';
import { feedEntries, feedReaders, follows, posts } from '../../../schema/index.ts';

/** The position of a post in a feed. Times are text that sorts like the times themselves, so that lists can be merged. */
export interface Place extends Position {
  authorId: string;
}

type Row<T> = { [Key in keyof T]: T[Key] };
type Maybe<T> = { [Key in keyof T]: T[Key] | null };

const sortable = (time: SQL): SQL =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const place = sql`id, author_id as "authorId", ${sortable(sql`created_at`)} as at`;

interface EntryPlaces {
  /** From the newest down to `completeAfter`. */
  places: Place[];
  /** `infinity`: nothing is known about this reader. `-infinity`: the entries are complete. */
  completeAfter: string;
}

/**
 * The next posts by followed users, as far as the reader's entries are complete: from entries, and from authors who
 * are not fanned out.
 */
export async function findEntries(
  db: Db,
  readerId: string,
  after: Position | null,
  count: number,
): Promise<EntryPlaces> {
  const rows = await db.execute<Maybe<Place> & { completeAfter: string }>(sql`
    with reader as materialized (
      select coalesce(
        (select coalesce(${feedReaders.completeAfter}, '-infinity') from ${feedReaders} where ${feedReaders.readerId} = ${readerId}),
        'infinity'
      ) as complete_after
    )
    select ${completeAfterText} as "completeAfter", ${place}
    from reader left join lateral (
      select * from (
        (
          select ${feedEntries.createdAt}, ${feedEntries.postId} as id, ${feedEntries.authorId} from ${feedEntries}
          where ${feedEntries.readerId} = ${readerId} and ${feedEntries.createdAt} > reader.complete_after
            ${andOlder(olderThan(after, feedEntries.createdAt, feedEntries.postId))}
          order by ${feedEntries.createdAt} desc, ${feedEntries.postId} desc limit ${count}
        )
        union
        (${newestOfFollowees(readerId, sql`${follows.merged}`, after, sql`${posts.createdAt} > reader.complete_after`, count)})
      ) merged
      order by created_at desc, id desc limit ${count}
    ) found on true
    order by created_at desc, id desc`);
  return {
    completeAfter: rows[0]!.completeAfter,
    places: rows.flatMap(present),
  };
}

const completeAfterText = sql`case when isfinite(complete_after) then ${sortable(sql`complete_after`)} else complete_after::text end`;

const present = ({ id, authorId, at }: Maybe<Place>): Place[] =>
  id === null || authorId === null || at === null ? [] : [{ id, authorId, at }];

/** The next posts by followed users that are not newer than the given time, read without the entries. */
export async function findThroughGraph(
  db: Db,
  readerId: string,
  after: Position | null,
  notAfter: string,
  count: number,
): Promise<Place[]> {
  const bound = sql`${posts.createdAt} <= ${notAfter}::text::timestamptz`;
  const rows = await db.execute<Row<Place>>(sql`
    select ${place} from (${newestOfFollowees(readerId, null, after, bound, count)}) page
    order by created_at desc, page.id desc`);
  return [...rows];
}

/** A page of n posts can only contain posts of the n followed users who posted last, so the others are not read. */
const newestOfFollowees = (
  readerId: string,
  which: SQL | null,
  after: Position | null,
  bound: SQL,
  count: number,
): SQL => sql`
  select page.created_at, page.id, page.author_id from (
    select ${follows.followeeId} from ${follows}
    cross join lateral (${newestOf(sql`${follows.followeeId}`, after, bound, 1)}) newest
    where ${follows.followerId} = ${readerId} ${which ? sql`and ${which}` : sql``}
    order by newest.created_at desc, newest.id desc limit ${count}
  ) authors
  cross join lateral (${newestOf(sql`authors.followee_id`, after, bound, count)}) page
  order by page.created_at desc, page.id desc limit ${count}`;

const newestOf = (authorId: SQL, after: Position | null, bound: SQL | null, count: number): SQL => sql`
  select ${posts.createdAt}, ${posts.id}, ${posts.authorId} from ${posts}
  where ${posts.authorId} = ${authorId} and ${posts.deletedAt} is null
    ${andOlder(olderThan(after, posts.createdAt, posts.id))} ${bound ? sql`and ${bound}` : sql``}
  order by ${posts.createdAt} desc, ${posts.id} desc limit ${count}`;

const andOlder = (older: SQL | undefined): SQL => (older ? sql`and ${older}` : sql``);

/** The reader's own next posts, and the version under which the page may be cached; null when there is no row yet. */
export async function findOwn(
  db: Db,
  readerId: string,
  after: Position | null,
  count: number,
): Promise<{ version: string | null; places: Place[] }> {
  const rows = await db.execute<Maybe<Place> & { version: string | null }>(sql`
    select ${feedReaders.version}, ${place} from (select 1) one
    left join ${feedReaders} on ${feedReaders.readerId} = ${readerId}
    left join lateral (${newestOf(sql`${readerId}`, after, null, count)}) own on true
    order by created_at desc, id desc`);
  return {
    version: rows[0]!.version,
    places: rows.flatMap(present),
  };
}

/** The newest posts of one author that are newer than the given time. */
export async function findNewestOfAuthor(
  db: Db,
  authorId: string,
  newerThan: string,
  count: number,
): Promise<Place[]> {
  const bound = sql`${posts.createdAt} > ${newerThan}::text::timestamptz`;
  const rows = await db.execute<Row<Place>>(sql`
    select ${place} from (${newestOf(sql`${authorId}`, null, bound, count)}) newest
    order by created_at desc, newest.id desc`);
  return [...rows];
}
