import { sql } from 'drizzle-orm';
import { type App, inTransaction } from '../core/app.ts';
import { recordAct } from '../domains/moderation/service.ts';
import type { Db } from '../infra/db/db.ts';
import type { Count } from './checks/counts.ts';

export interface Drift {
  /** Whose count is not that of its rows. */
  ids: string[];
  /** How far off the counts are, up or down, together. */
  off: number;
}

export const findDrift = (db: Db, { of, column, rows }: Count): Promise<Drift> =>
  db.transaction(
    async (db) => {
      await db.execute(sql`set local statement_timeout = '1h'`);
      const found = await db.execute<{ id: string; off: number }>(sql`
        select id, abs(${column} - coalesce(n, 0))::int as off
        from ${of} counted left join (${rows}) behind using (id) where ${column} <> coalesce(n, 0) order by id`);
      return { ids: found.map(({ id }) => id), off: found.reduce((sum, { off }) => sum + off, 0) };
    },
    { accessMode: 'read only' },
  );

/**
 * Sets a count to what its rows say, and writes that down; false when it was right by then. It may run beside everything: whoever
 * changes the rows changes the count in the same transaction, so what we see while we hold the count is in it already.
 */
export const mend = (app: App, actor: string, { name, of, column, rows }: Count, id: string) =>
  inTransaction(app, async (app): Promise<boolean> => {
    const [was] = await app.db.execute<{ n: number }>(
      sql`select ${column} as n from ${of} where id = ${id}::uuid for no key update`,
    );
    const [is] = await app.db.execute<{ n: number }>(sql`
      update ${of} counted set ${column} = behind.n
      from (select coalesce((select n from (${rows}) grouped where id = ${id}::uuid), 0) as n) behind
      where counted.id = ${id}::uuid and ${column} <> behind.n returning behind.n::int`);
    if (!was || !is) return false;
    const details = { count: name, from: was.n, to: is.n };
    await recordAct(app, { actor, action: 'count.mend', subjectType: 'count', subjectId: id, details });
    return true;
  });
