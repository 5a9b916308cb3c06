import { eq } from 'drizzle-orm';
import { accountColumns } from '../../../core/userColumns.ts';
import type { Db } from '../../../infra/db/db.ts';
import { handles, users } from '../../../schema/index.ts';

/** The user who has or had the handle, even if hidden: no handle is given to a second user. */
export async function findHandleOwner(db: Db, handle: string) {
  const [row] = await db
    .select(accountColumns)
    .from(handles)
    .innerJoin(users, eq(users.id, handles.userId))
    .where(eq(handles.handle, handle.toLowerCase()));
  return row;
}
