import type { Db } from './db.ts';

/**
 * Builds a statement once per database and kind, to be executed with different values: building one costs more than reading its
 * rows. In a transaction it is built again.
 */
export function cachedStatements<Kind, Statement>(
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
