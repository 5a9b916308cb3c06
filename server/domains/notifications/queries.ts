import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Position } from '../../core/cursors.ts';
import { postOfPhoto, storyOfPhoto } from '../../core/failedPhotos.ts';
import { isOneOf, olderThan, timeText } from '../../core/lists.ts';
import { freeRows } from '../../core/locks.ts';
import type { NotificationKind } from '../../core/notices.ts';
import { isUnread, MAX_COUNT } from '../../core/unread.ts';
import { visibleNotification } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import {
  actions,
  appeals,
  comments,
  media,
  notificationGroups,
  notificationMarkers,
  notifications,
  posts,
  sessions,
} from '../../schema/index.ts';

const KEPT = sql`interval '90 days'`;

export const findGroups = (db: Db, recipientId: string, after: Position | null, count: number) =>
  db
    .select({ id: notificationGroups.id, at: timeText(notificationGroups.createdAt) })
    .from(notificationGroups)
    .where(
      and(
        eq(notificationGroups.recipientId, recipientId),
        olderThan(after, notificationGroups.createdAt, notificationGroups.id),
      ),
    )
    .orderBy(desc(notificationGroups.createdAt), desc(notificationGroups.id))
    .limit(count);

export const findSingles = (db: Db, recipientId: string, after: Position | null, count: number) =>
  db
    .select({ id: notifications.id, at: timeText(notifications.createdAt) })
    .from(notifications)
    .where(
      and(
        eq(notifications.recipientId, recipientId),
        olderThan(after, notifications.createdAt, notifications.id),
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(count);

/** The notifications of one entry that the recipient may see. */
export interface EntryRow extends Record<string, unknown> {
  id: string;
  kind: NotificationKind;
  subjectId: string;
  /** Of its latest notification. */
  sourceId: string;
  /** Latest first; users appear once for each of their notifications. */
  actorIds: (string | null)[];
  count: number;
  isRead: boolean;
  createdAt: Date;
  latestAt: Date;
}

/** Leaves out entries without visible notifications. Uses `is true`, since otherwise all notifications of the recipient are read for each. */
export async function findEntries(
  db: Db,
  recipientId: string,
  by: 'group' | 'single',
  ids: string[],
): Promise<EntryRow[]> {
  const entry = by === 'group' ? sql`${notifications.groupId}` : sql`${notifications.id}`;
  const rows = await db.execute<EntryRow & { createdAt: string; latestAt: string }>(sql`
    select entries.id, entry.* from unnest(${`{${ids.join(',')}}`}::text::uuid[]) as entries (id)
    cross join lateral (
      select min(kind) as kind, (min(subject_id::text)) as "subjectId", (array_agg(source_id order by created_at desc, id desc))[1] as "sourceId",
        to_json((array_agg(actor_id order by created_at desc, id desc))[1:20]) as "actorIds",
        count(*)::int as count, not bool_or(is_unread) as "isRead", min(created_at)::text as "createdAt", max(created_at)::text as "latestAt"
      from (
        select ${notifications.id}, ${notifications.kind}, ${notifications.actorId}, ${notifications.subjectId}, ${notifications.sourceId},
          ${notifications.createdAt}, ${isUnread(recipientId)} as is_unread
        from ${notifications}
        where ${entry} = entries.id and (${notifications.recipientId} = ${recipientId}) is true and ${visibleNotification(recipientId)}
        order by ${notifications.createdAt} desc, ${notifications.id} desc limit ${MAX_COUNT}
      ) shown
    ) entry where entry.count > 0`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    latestAt: new Date(row.latestAt),
  }));
}

/** Time of the latest notification in the recipient's entry, as text; null when there is no such entry. */
export async function findLatestAt(db: Db, recipientId: string, entryId: string): Promise<string | null> {
  const [row] = await db
    .select({ at: sql<string | null>`max(${notifications.createdAt})::text` })
    .from(notifications)
    .where(
      and(eq(notifications.recipientId, recipientId), isInEntry(entryId), visibleNotification(recipientId)),
    );
  return row?.at ?? null;
}

const isInEntry = (entryId: string): SQL =>
  sql`(${notifications.groupId} = ${entryId} or ${notifications.id} = ${entryId})`;

export async function setRead(db: Db, recipientId: string, entryId: string): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: sql`coalesce(${notifications.readAt}, now())` })
    .where(and(eq(notifications.recipientId, recipientId), isInEntry(entryId)));
}

export async function moveMarker(db: Db, userId: string, at: string): Promise<void> {
  await db
    .insert(notificationMarkers)
    .values({ userId, readUpTo: sql`${at}::text::timestamptz` })
    .onConflictDoUpdate({
      target: notificationMarkers.userId,
      set: { readUpTo: sql`greatest(${notificationMarkers.readUpTo}, excluded.read_up_to)` },
    });
}

/** Deletes up to `count` notifications about what the user did, and entries left empty; returns how many notifications. */
export async function deleteNotificationsOf(db: Db, actorId: string, count: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with gone as (
      delete from ${notifications} where ctid = any(array(
        ${freeRows(notifications, eq(notifications.actorId, actorId), count)}))
      returning id, group_id
    ), emptied as (
      delete from ${notificationGroups} where ${notificationGroups.id} in (select group_id from gone)
        and not exists (
          select from ${notifications} where ${notifications.groupId} = ${notificationGroups.id}
            and ${notifications.id} not in (select id from gone))
    )
    select count(*)::int as count from gone`);
  return row!.count;
}

export async function deleteOldGroups(db: Db): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${notificationGroups} where ctid in (
      select ctid from ${notificationGroups} where ${notificationGroups.createdAt} < now() - ${KEPT} limit 1000
    ) returning 1`);
  return rows.length;
}

export interface SubjectText extends Record<string, unknown> {
  text: string;
  /** The post, for a comment. */
  postId: string | null;
  storyId?: string | null;
}

/** The texts of comments, captions, actions, decisions, devices and failures, by the id of the row. Callers have checked visibility. */
export async function findTexts(db: Db, ids: string[]): Promise<Map<string, SubjectText>> {
  if (ids.length === 0) return new Map();
  const none = sql<string | null>`null`;
  const [remarks, captions, rows, decisions, devices, failures] = await Promise.all([
    db
      .select({ id: comments.id, text: comments.body, postId: sql<string | null>`${comments.postId}` })
      .from(comments)
      .where(isOneOf(comments.id, ids)),
    db.select({ id: posts.id, text: posts.caption, postId: none }).from(posts).where(isOneOf(posts.id, ids)),
    db
      .select({
        id: actions.id,
        text: sql<string>`${actions.rule} || ': ' || ${actions.reason}`,
        postId: none,
      })
      .from(actions)
      .where(isOneOf(actions.id, ids)),
    db
      .select({
        id: appeals.id,
        text: sql<string>`${actions.rule} || ': ' || ${appeals.reason}`,
        postId: none,
      })
      .from(appeals)
      .innerJoin(actions, eq(actions.id, appeals.actionId))
      .where(isOneOf(appeals.id, ids)),
    db
      .select({ id: sessions.id, text: sessions.deviceName, postId: none })
      .from(sessions)
      .where(isOneOf(sessions.id, ids)),
    // As SQL: a select from one table leaves out its name, which the subqueries need.
    db.execute<SubjectText & { id: string }>(sql`
      select ${media.id}, ${media.failure} as text, ${postOfPhoto()} as "postId", ${storyOfPhoto()} as "storyId"
      from ${media} where ${isOneOf(media.id, ids)} and ${media.failure} is not null`),
  ]);
  return new Map(
    [...remarks, ...captions, ...rows, ...decisions, ...devices, ...failures].map(({ id, ...said }) => [
      id,
      said,
    ]),
  );
}
