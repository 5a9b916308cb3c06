import type { Db } from './db.ts';

/**
 * A statement that is built once for each database and kind of it, and executed with other values ever after: to build one costs
 * more than to read its rows. In a transaction it is built anew.
 */
export function keptStatements<Kind, Statement>(
  build: (db: Db, kind: Kind) => Statement,
): (db: Db, kind: Kind) => Statement {
  const kept = new WeakMap<Db, Map<Kind, Statement>>();
  return (db, kind) => {
    const statements = kept.get(db) ?? new Map<Kind, Statement>();
    kept.set(db, statements);
    const statement = statements.get(kind) ?? build(db, kind);
    statements.set(kind, statement);
    return statement;
  };
}
