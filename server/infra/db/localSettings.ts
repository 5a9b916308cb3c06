import type { Sql, TransactionSql } from 'postgres';

export type Settings = Record<string, number>;
type Work = (transaction: TransactionSql) => unknown;

/**
 * The driver, wrapped for a pooler that lends a session for one transaction at a time: each transaction begins with the settings that a
 * session would have, on their way together with its first statement. A statement sent by `unsafe`, as drizzle does, gets a transaction
 * of its own; the driver's tagged templates do not.
 */
export function settingsPerTransaction(sql: Sql, settings: Settings): Sql {
  const set = Object.entries(settings)
    .map(([name, value]) => `set local ${name} = ${value}`)
    .join('; ');
  const begin = (...args: unknown[]) => {
    const work = args.pop() as Work;
    const withSettings: Work = (transaction) => {
      // The driver fails the transaction when this fails.
      transaction.unsafe(set).catch(() => {});
      return work(transaction);
    };
    return Reflect.apply(sql.begin, sql, [...args, withSettings]) as Promise<unknown>;
  };
  const unsafe = (...args: Parameters<Sql['unsafe']>) => {
    let isArrays = false;
    const send: Work = (transaction) => {
      const query = transaction.unsafe(...args);
      return isArrays ? query.values() : query;
    };
    // Later, because a call of `values` may follow.
    const result = Promise.resolve().then(() => begin(send));
    const values = () => {
      isArrays = true;
      return result;
    };
    return Object.assign(result, { values });
  };
  const replaced: Record<PropertyKey, unknown> = { begin, unsafe };
  return new Proxy(sql, { get: (target, key) => replaced[key] ?? Reflect.get(target, key) });
}
