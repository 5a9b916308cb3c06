import { and, desc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Notice } from '../../core/acts.ts';
import type { Position } from '../../core/cursors.ts';
import { olderThan, timeText } from '../../core/lists.ts';
import { freeRows } from '../../core/locks.ts';
import { visibleNotification } from '../../core/visibility.ts';
import type { Db } from '../../infra/db/db.ts';
import {
  follows as followRows,
  notificationGroups,
  notificationMarkers,
  notifications,
} from '../../schema/index.ts';
import { MAX_COUNT } from './contract.ts';

const WINDOW = sql`interval '1 hour'`;
/** Not the start of the transaction: a notification that waited for the lock is newer than what was read meanwhile. */
const NOW = sql`clock_timestamp()`;
const KEPT = sql`interval '90 days'`;
/** How long an interaction can be undone and repeated without a new notification. */
const QUIET = sql`interval '1 day'`;

const isAct = ({ recipientId, kind, subjectId, sourceId }: Notice) =>
  and(
    eq(notifications.recipientId, recipientId),
    eq(notifications.kind, kind),
    eq(notifications.subjectId, subjectId),
    eq(notifications.sourceId, sourceId),
  );

export const isTold = async (db: Db, notice: Notice): Promise<boolean> =>
  (await db.$count(notifications, and(isAct(notice), isNull(notifications.retractedAt)))) > 0;

export const follows = async (db: Db, followerId: string, followeeId: string): Promise<boolean> =>
  (await db.$count(
    followRows,
    and(eq(followRows.followerId, followerId), eq(followRows.followeeId, followeeId)),
  )) > 0;

/** Adds the notification to the entry of the hour or a new one; returns its id. Needs `holdNotificationsOf`. */
export async function insertNotification(db: Db, notice: Notice): Promise<string> {
  const { recipientId, kind, subjectId } = notice;
  const [open] = await db
    .select({ id: notificationGroups.id })
    .from(notificationGroups)
    .where(
      and(
        eq(notificationGroups.recipientId, recipientId),
        eq(notificationGroups.kind, kind),
        eq(notificationGroups.subjectId, subjectId),
        gt(notificationGroups.createdAt, sql`now() - ${WINDOW}`),
      ),
    )
    .orderBy(desc(notificationGroups.createdAt))
    .limit(1);
  const groupId = open?.id ?? (await insertGroup(db, { recipientId, kind, subjectId }));
  const [row] = await db
    .insert(notifications)
    .values({ ...notice, groupId, createdAt: NOW })
    .returning({ id: notifications.id });
  return row!.id;
}

async function insertGroup(db: Db, row: Pick<Notice, 'recipientId' | 'kind' | 'subjectId'>): Promise<string> {
  const [group] = await db
    .insert(notificationGroups)
    .values({ ...row, createdAt: NOW })
    .returning({ id: notificationGroups.id });
  return group!.id;
}

/** Brings back a notification that was retracted within the last day, read if it had been read; null when there is none. */
export async function reviveNotification(db: Db, notice: Notice): Promise<string | null> {
  const [row] = await db
    .update(notifications)
    .set({ retractedAt: null })
    .where(and(isAct(notice), gt(notifications.retractedAt, sql`now() - ${QUIET}`)))
    .returning({ id: notifications.id });
  return row?.id ?? null;
}

export async function retractNotification(db: Db, notice: Notice): Promise<void> {
  await db
    .update(notifications)
    .set({ retractedAt: sql`clock_timestamp()` })
    .where(and(isAct(notice), isNull(notifications.retractedAt)));
}

/** Deletes the entry with its last notification. */
export async function deleteNotification(db: Db, notice: Notice): Promise<void> {
  const [gone] = await db
    .delete(notifications)
    .where(isAct(notice))
    .returning({ groupId: notifications.groupId });
  if (!gone) return;
  const isEmpty = sql`not exists (select from ${notifications} where ${notifications.groupId} = ${gone.groupId})`;
  await db.delete(notificationGroups).where(and(eq(notificationGroups.id, gone.groupId), isEmpty));
}

export const isShown = async (db: Db, recipientId: string, id: string): Promise<boolean> =>
  (await db.$count(notifications, and(eq(notifications.id, id), visibleNotification(recipientId)))) > 0;

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

const markerOf = (userId: string): SQL =>
  sql`coalesce((select ${notificationMarkers.readUpTo} from ${notificationMarkers} where ${notificationMarkers.userId} = ${userId}), '-infinity')`;

const isUnread = (recipientId: string): SQL =>
  sql`${notifications.readAt} is null and ${notifications.createdAt} > ${markerOf(recipientId)}`;

/** The notifications of one entry that the recipient may see. */
export interface EntryRow extends Record<string, unknown> {
  id: string;
  kind: Notice['kind'];
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
    select entries.id, told.* from unnest(${`{${ids.join(',')}}`}::text::uuid[]) as entries (id)
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
      ) acts
    ) told where told.count > 0`);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    latestAt: new Date(row.latestAt),
  }));
}

export async function countUnread(db: Db, recipientId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ${notifications}
      where ${notifications.recipientId} = ${recipientId} and ${isUnread(recipientId)} and ${visibleNotification(recipientId)}
      order by ${notifications.createdAt} desc limit ${MAX_COUNT}
    ) unread`);
  return row!.count;
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
