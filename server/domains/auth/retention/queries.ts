import { sql } from 'drizzle-orm';
import { freeRows } from '../../../core/locks.ts';
import type { Db } from '../../../infra/db/db.ts';
import { securityEvents, sessions } from '../../../schema/index.ts';

/** Deletes up to `count` sessions that ended at least `days` days ago; returns how many. */
export async function deleteOldSessions(db: Db, days: number, count: number): Promise<number> {
  const old = sql`now() - make_interval(days => ${days})`;
  const rows = await db.execute(sql`
    delete from ${sessions} where ctid = any(array(
      ${freeRows(sessions, sql`${sessions.expiresAt} < ${old} or ${sessions.revokedAt} < ${old}`, count)})) returning 1`);
  return rows.length;
}

/** Deletes up to `count` events that are older than `days` days; returns how many. */
export async function deleteOldSecurityEvents(db: Db, days: number, count: number): Promise<number> {
  const isOld = sql`${securityEvents.createdAt} < now() - make_interval(days => ${days})`;
  const rows = await db.execute(sql`
    delete from ${securityEvents} where ctid = any(array(
      ${freeRows(securityEvents, isOld, count)})) returning 1`);
  return rows.length;
}
