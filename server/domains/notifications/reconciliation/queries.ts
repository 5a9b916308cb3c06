import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { WITHHELD } from '../../../core/failedPhotos.ts';
import type { Notice, NotificationKind } from '../../../core/notices.ts';
import { visibleNotification } from '../../../core/visibility.ts';
import type { Db } from '../../../infra/db/db.ts';
import { follows as followRows, notificationGroups, notifications, sessions } from '../../../schema/index.ts';

const WINDOW = sql`interval '1 hour'`;
/** Not the start of the transaction: a notification that waited for the lock is newer than what was read meanwhile. */
const NOW = sql`clock_timestamp()`;
/** How long an interaction can be undone and repeated without a new notification. */
const QUIET = sql`interval '1 day'`;

type Notified = Omit<Notice, 'kind'> & { kind: NotificationKind };

const isNotice = ({ recipientId, kind, subjectId, sourceId }: Notified) =>
  and(
    eq(notifications.recipientId, recipientId),
    eq(notifications.kind, kind),
    eq(notifications.subjectId, subjectId),
    eq(notifications.sourceId, sourceId),
  );

export const isNotified = async (db: Db, notice: Notice): Promise<boolean> =>
  (await db.$count(notifications, and(isNotice(notice), isNull(notifications.retractedAt)))) > 0;

export const follows = async (db: Db, followerId: string, followeeId: string): Promise<boolean> =>
  (await db.$count(
    followRows,
    and(eq(followRows.followerId, followerId), eq(followRows.followeeId, followeeId)),
  )) > 0;

/** Adds the notification to the entry of the hour or a new one; returns its id. Needs `holdNotificationsOf`. */
export async function insertNotification(db: Db, notice: Notified): Promise<string> {
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
    .values({
      ...notice,
      groupId,
      createdAt: NOW,
      retractedAt: kind === 'photographFailed' ? WITHHELD : null,
    })
    .returning({ id: notifications.id });
  return row!.id;
}

async function insertGroup(
  db: Db,
  row: Pick<Notified, 'recipientId' | 'kind' | 'subjectId'>,
): Promise<string> {
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
    .where(and(isNotice(notice), gt(notifications.retractedAt, sql`now() - ${QUIET}`)))
    .returning({ id: notifications.id });
  return row?.id ?? null;
}

export async function retractNotification(db: Db, notice: Notice): Promise<void> {
  await db
    .update(notifications)
    .set({ retractedAt: sql`clock_timestamp()` })
    .where(and(isNotice(notice), isNull(notifications.retractedAt)));
}

/** Deletes the entry with its last notification. */
export async function deleteNotification(db: Db, notice: Notified): Promise<void> {
  const [gone] = await db
    .delete(notifications)
    .where(isNotice(notice))
    .returning({ groupId: notifications.groupId });
  if (!gone) return;
  const isEmpty = sql`not exists (select from ${notifications} where ${notifications.groupId} = ${gone.groupId})`;
  await db.delete(notificationGroups).where(and(eq(notificationGroups.id, gone.groupId), isEmpty));
}

export const isShown = async (db: Db, recipientId: string, id: string): Promise<boolean> =>
  (await db.$count(notifications, and(eq(notifications.id, id), visibleNotification(recipientId)))) > 0;

/** The user has been signed in from that network on a device of that name before, or this is their first sign-in. */
export async function isKnownDevice(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const [row] = await db.execute<{ known: boolean }>(sql`
    select coalesce(bool_or(older.device_name = ${sessions.deviceName} and older.network is not distinct from ${sessions.network}), true) as known
    from ${sessions} left join ${sessions} older on older.user_id = ${userId} and older.id < ${sessions.id}
    where ${sessions.id} = ${sessionId}`);
  return row!.known;
}
