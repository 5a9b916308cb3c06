import { and, eq, lt, sql } from 'drizzle-orm';
import { isOneOf } from '../../core/lists.ts';
import {
  homePost,
  visibleNotification,
  visiblePost,
  visibleStory,
  visibleUser,
} from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import {
  avatars,
  eventListeners,
  events,
  follows,
  notifications,
  postMedia,
  posts,
  stories,
  users,
} from '../../schema/index.ts';
import type { EventPosition } from './positions.ts';

const KEPT = sql`interval '1 hour'`;
/** A client that reconnects within this time misses nothing. */
const LISTENS = sql`interval '10 minutes'`;
const XMIN = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
const BATCH = 100;

export async function insertForFollowers(
  db: Db,
  { id, authorId }: { id: string; authorId: string },
): Promise<void> {
  await db.execute(sql`
    insert into ${events} (user_id, kind, subject_id)
    select user_id, 'post', ${id}::uuid from (
      select ${eventListeners.userId} from ${eventListeners}
      where ${eventListeners.userId} = ${authorId} and ${eventListeners.until} > now()
      union all
      select ${eventListeners.userId} from ${follows}
      join ${eventListeners} on ${eventListeners.userId} = ${follows.followerId}
      where ${follows.followeeId} = ${authorId} and ${eventListeners.until} > now()
    ) listening
    order by user_id
    on conflict do nothing`);
}

/** For those who listen and see the photo in a post, in a story or as an avatar: its owner and their followers. Sent again if it was sent before. */
export async function insertMediaChange(db: Db, mediaId: string): Promise<void> {
  await db.execute(sql`
    with shown as (
      select 'postMedia' as kind, ${posts.id} as subject_id, ${posts.authorId} as owner_id from ${postMedia}
      join ${posts} on ${posts.id} = ${postMedia.postId}
      where ${postMedia.mediaId} = ${mediaId} and ${posts.deletedAt} is null
      union all
      select 'storyMedia', ${stories.id}, ${stories.authorId} from ${stories}
      where ${stories.mediaId} = ${mediaId} and ${stories.deletedAt} is null
      union all
      select 'avatar', ${avatars.userId}, ${avatars.userId} from ${avatars} where ${avatars.mediaId} = ${mediaId}
    )
    insert into ${events} (user_id, kind, subject_id)
    select user_id, kind, subject_id from (
      select ${eventListeners.userId}, shown.kind, shown.subject_id from shown
      join ${eventListeners} on ${eventListeners.userId} = shown.owner_id
      where ${eventListeners.until} > now()
      union all
      select ${eventListeners.userId}, shown.kind, shown.subject_id from shown
      join ${follows} on ${follows.followeeId} = shown.owner_id
      join ${eventListeners} on ${eventListeners.userId} = ${follows.followerId}
      where ${eventListeners.until} > now()
    ) listening
    order by user_id, kind, subject_id
    on conflict (user_id, kind, subject_id) do update
      set id = default, xid = excluded.xid, created_at = excluded.created_at`);
}

export async function insertForRecipient(db: Db, recipientId: string, notificationId: string): Promise<void> {
  await db.execute(sql`
    insert into ${events} (user_id, kind, subject_id)
    select ${eventListeners.userId}, 'notification', ${notificationId}::uuid from ${eventListeners}
    where ${eventListeners.userId} = ${recipientId} and ${eventListeners.until} > now()
    on conflict do nothing`);
}

/** Events are written for the user from now on, until `LISTENS` after the last call. */
export async function listen(db: Db, userId: string): Promise<void> {
  await db
    .insert(eventListeners)
    .values({ userId, sinceXid: XMIN, until: sql`now() + ${LISTENS}` })
    .onConflictDoUpdate({
      target: eventListeners.userId,
      set: {
        since: sql`case when ${eventListeners.until} > now() then ${eventListeners.since} else excluded.since end`,
        sinceXid: sql`case when ${eventListeners.until} > now() then ${eventListeners.sinceXid} else excluded.since_xid end`,
        until: sql`excluded.until`,
      },
    });
}

/** The first and the current position from which the user's events are complete. */
export async function findBounds(
  db: Db,
  userId: string,
): Promise<{ since: bigint; now: bigint; run: string }> {
  const [row] = await db.execute<{ since: string; now: string; run: string }>(sql`
    select ${eventListeners.sinceXid}::text as since, ${XMIN}::text as now,
      (extract(epoch from ${eventListeners.since}) * 1000)::bigint::text as run
    from ${eventListeners} where ${eventListeners.userId} = ${userId}`);
  // No row when the account is being purged at this moment.
  return { since: BigInt(row?.since ?? 0), now: BigInt(row?.now ?? 0), run: row?.run ?? '0' };
}

/** The keys of the streams that have new events. */
export async function findReady(
  db: Db,
  streams: { key: number; userId: string; position: EventPosition }[],
): Promise<number[]> {
  const asked = JSON.stringify(
    streams.map(({ key, userId, position: { xid, id } }) => ({ key, userId, xid: `${xid}`, id: `${id}` })),
  );
  const rows = await db.execute<{ key: number }>(sql`
    select asked.key from json_to_recordset(${asked}::text::json) as asked (key int, "userId" uuid, xid bigint, id bigint)
    where exists (
      select from ${events} where ${events.userId} = asked."userId"
        and (${events.xid}, ${events.id}) > (asked.xid, asked.id) and ${events.xid} < ${XMIN}
    )`);
  return rows.map(({ key }) => key);
}

export interface EventRow extends EventPosition {
  kind: 'post' | 'notification' | 'postMedia' | 'storyMedia' | 'avatar';
  subjectId: string;
}

/** The user's next events, only from transactions that no open transaction can precede. */
export const findEvents = (db: Db, userId: string, { xid, id }: EventPosition): Promise<EventRow[]> =>
  db
    .select({ xid: events.xid, id: events.id, kind: events.kind, subjectId: events.subjectId })
    .from(events)
    .where(
      and(
        eq(events.userId, userId),
        sql`(${events.xid}, ${events.id}) > (${`${xid}`}::text::bigint, ${`${id}`}::text::bigint)`,
        sql`${events.xid} < ${XMIN}`,
      ),
    )
    .orderBy(events.xid, events.id)
    .limit(BATCH);

export const findPosts = (db: Db, userId: string, ids: string[]) =>
  db
    .select({ id: posts.id, authorId: posts.authorId })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(isOneOf(posts.id, ids), homePost(userId)));

/** Also those that are not in the user's feed: they may be on another page. */
export const findVisiblePosts = (db: Db, userId: string, ids: string[]) =>
  db
    .select({ id: posts.id, authorId: posts.authorId })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(isOneOf(posts.id, ids), visiblePost(userId)));

export const findVisibleStories = (db: Db, userId: string, ids: string[]) =>
  db
    .select({ id: stories.id, authorId: stories.authorId })
    .from(stories)
    .innerJoin(users, eq(users.id, stories.authorId))
    .where(and(isOneOf(stories.id, ids), visibleStory(userId)));

export const findVisibleUsers = (db: Db, userId: string, ids: string[]) =>
  db
    .select({ id: users.id })
    .from(users)
    .where(and(isOneOf(users.id, ids), visibleUser(userId)));

export const findNotifications = (db: Db, userId: string, ids: string[]) =>
  db
    .select({ id: notifications.id, kind: notifications.kind })
    .from(notifications)
    .where(
      and(isOneOf(notifications.id, ids), eq(notifications.recipientId, userId), visibleNotification(userId)),
    );

export async function deleteOldEvents(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${events} where ctid in (
      select ctid from ${events} where ${events.createdAt} < now() - ${KEPT} limit 1000
    ) returning 1`);
  return rows.length;
}

export async function deleteEndedListeners(db: Db): Promise<void> {
  await db.delete(eventListeners).where(lt(eventListeners.until, sql`now() - ${LISTENS}`));
}
