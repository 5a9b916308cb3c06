import { type Placeholder, sql } from 'drizzle-orm';
import { cachedStatements } from '../infra/db/cachedStatements.ts';
import type { Db } from '../infra/db/db.ts';
import { idList } from './lists.ts';
import type { ViewerId } from './visibility.ts';

interface Statement<Row> {
  execute(values: Record<string, unknown>): Promise<Row[]>;
}

/**
 * Reads rows by id, in no particular order, for one viewer or for nobody. The statement is built once for each rule
 * and then reused.
 */
export function hydration<Row, Rule = void>(
  build: (db: Db, viewerId: ViewerId | null, ids: Placeholder, rule: Rule) => Statement<Row>,
): (db: Db, viewerId: string | null, ids: string[], rule: Rule) => Promise<Row[]> {
  const wanted = sql.placeholder('ids');
  const forViewer = cachedStatements((db, rule: Rule) =>
    build(db, sql.placeholder('viewerId'), wanted, rule),
  );
  const forNobody = cachedStatements((db, rule: Rule) => build(db, null, wanted, rule));
  return async (db, viewerId, ids, rule) => {
    if (ids.length === 0) return [];
    const statement = (viewerId === null ? forNobody : forViewer)(db, rule);
    return statement.execute({ viewerId, ids: idList(ids) });
  };
}
