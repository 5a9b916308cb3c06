import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../infra/db/db.ts';
import { notificationMarkers, notifications } from '../schema/index.ts';
import { visibleNotification } from './visibility.ts';

/** Upper bound of the count of an entry. */
export const MAX_COUNT = 1000;

const markerOf = (userId: string): SQL =>
  sql`coalesce((select ${notificationMarkers.readUpTo} from ${notificationMarkers} where ${notificationMarkers.userId} = ${userId}), '-infinity')`;

export const isUnread = (recipientId: string): SQL =>
  sql`${notifications.readAt} is null and ${notifications.createdAt} > ${markerOf(recipientId)}`;

export async function countUnread(db: Db, recipientId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ${notifications}
      where ${notifications.recipientId} = ${recipientId} and ${isUnread(recipientId)} and ${visibleNotification(recipientId)}
      order by ${notifications.createdAt} desc limit ${MAX_COUNT}
    ) unread`);
  return row!.count;
}
