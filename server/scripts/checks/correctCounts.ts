import { sql } from 'drizzle-orm';
import { type App, inTransaction } from '../../core/app.ts';
import { holdCount } from '../../core/locks.ts';
import { recordAudit } from '../../domains/audit/public.ts';
import type { Db } from '../../infra/db/db.ts';
import { type Count, driftOf, keyOf } from './counts.ts';

export interface Drift {
  /** Ids of the rows with a wrong count. */
  ids: string[];
  /** Sum of the differences, up or down. */
  off: number;
}

export const findDrift = (db: Db, count: Count): Promise<Drift> =>
  db.transaction(
    async (db) => {
      await db.execute(sql`set local statement_timeout = '1h'`);
      const found = await db.execute<{ id: string; off: number }>(
        sql`select id, abs(has - n) as off from (${driftOf(count)}) drifted order by id`,
      );
      return { ids: found.map(({ id }) => id), off: found.reduce((sum, { off }) => sum + off, 0) };
    },
    { accessMode: 'read only' },
  );

/**
 * Corrects a count and records that in the audit log; false when it was right by then, or the table refuses the value. Safe while
 * servers run: rows and count change in the same transaction, so while we hold the count it includes every row we see.
 */
export const correctCount = (app: App, actor: string, count: Count, id: string) =>
  inTransaction(app, async (app): Promise<boolean> => {
    const { name, of, column, rows, takes = sql`true` } = count;
    const key = keyOf(count);
    const wanted = sql`${id}::${key.type}`;
    const was = await holdCount(app.db, of, column, sql`${key.column} = ${wanted}`);
    const [is] = await app.db.execute<{ n: number }>(sql`
      update ${of} counted set ${column} = behind.n
      from (select coalesce((select n from (${rows}) grouped where id = ${wanted}), 0) as n) behind
      where counted.${key.column} = ${wanted} and ${column} <> behind.n and ${takes} returning behind.n::int`);
    if (!was || !is) return false;
    const details = { count: name, from: was.n, to: is.n };
    await recordAudit(app, { actor, action: 'count.mend', subjectType: 'count', subjectId: id, details });
    return true;
  });
