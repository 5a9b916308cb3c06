import { and, eq, gt, ne, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { handleChanges, handles } from '../../../schema/index.ts';

/** False when another user has, or ever had, the handle. */
export async function claimHandle(db: Db, userId: string, handle: string): Promise<boolean> {
  const rows = await db
    .insert(handles)
    .values({ handle: handle.toLowerCase(), userId })
    .onConflictDoUpdate({
      target: handles.handle,
      set: { takenAt: sql`now()` },
      setWhere: eq(handles.userId, userId),
    })
    .returning({ handle: handles.handle });
  return rows.length > 0;
}

/** Whether another user has, or ever had, the handle. */
export const isHandleOfAnother = (db: Db, userId: string, handle: string): Promise<boolean> =>
  db
    .$count(handles, and(eq(handles.handle, handle.toLowerCase()), ne(handles.userId, userId)))
    .then((count) => count > 0);

export const countRecentHandleChanges = (db: Db, userId: string): Promise<number> =>
  db.$count(
    handleChanges,
    and(eq(handleChanges.userId, userId), gt(handleChanges.changedAt, sql`now() - interval '30 days'`)),
  );

export async function insertHandleChange(db: Db, userId: string, handle: string): Promise<void> {
  await db.insert(handleChanges).values({ userId, handle });
}
