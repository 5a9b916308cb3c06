import { and, eq, gt, lt, ne, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';
import { processes } from '../../schema/index.ts';

/** Several heartbeats: one may be late. */
const LIVES = sql`interval '45 seconds'`;
/** A process that was stopped in its tracks comes back under the same id. */
const KEPT = sql`interval '1 hour'`;

export type NewProcess = Omit<typeof processes.$inferInsert, 'startedAt' | 'seenAt'>;
export type ProcessRow = typeof processes.$inferSelect;

/** Inserts the row, or renews it; returns its id. */
export async function saveProcess(db: Db, row: NewProcess): Promise<string> {
  const [saved] = await db
    .insert(processes)
    .values(row)
    .onConflictDoUpdate({ target: processes.id, set: { seenAt: sql`now()` } })
    .returning({ id: processes.id });
  return saved!.id;
}

export const findLiving = (db: Db, except?: string): Promise<ProcessRow[]> =>
  db
    .select()
    .from(processes)
    .where(and(gt(processes.seenAt, sql`now() - ${LIVES}`), except ? ne(processes.id, except) : undefined))
    .orderBy(processes.startedAt, processes.id);

/** Connections to PostgreSQL that the living processes may open together, and that this role may have. */
export async function countConnections(db: Db): Promise<{ wanted: number; available: number }> {
  const [row] = await db.execute<{ wanted: number; available: number }>(sql`
    select (select coalesce(sum(connections), 0)::int from processes where seen_at > now() - ${LIVES}) as wanted,
      least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - current_setting('reserved_connections')::int,
        (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      ) as available`);
  return row!;
}

export async function deleteProcess(db: Db, id: string): Promise<void> {
  await db.delete(processes).where(eq(processes.id, id));
}

export async function deleteDead(db: Db): Promise<number> {
  const rows = await db
    .delete(processes)
    .where(lt(processes.seenAt, sql`now() - ${KEPT}`))
    .returning({ id: processes.id });
  return rows.length;
}
