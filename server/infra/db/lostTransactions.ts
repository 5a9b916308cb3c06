import type { Sql, TransactionSql } from 'postgres';
import { prepared } from './prepared.ts';

type Work = (transaction: TransactionSql) => unknown;

const LOST = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/;

/**
 * The driver, wrapped so that a transaction ends when its connection is lost. Otherwise postgres.js 3.4 sends the transaction's next
 * statements, rollback included, to the closed socket, which ends the process, or after a reconnect into another transaction.
 */
export function abortLostTransactions(sql: Sql): Sql {
  const begin = (...args: unknown[]) => {
    const work = args.pop() as Work;
    const loss = watchForLoss();
    const outcome = Reflect.apply(sql.begin, sql, [...args, guard(loss, work)]) as Promise<unknown>;
    outcome.catch(loss.report);
    return Promise.race([outcome, loss.happened]);
  };
  return new Proxy(sql, { get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key)) });
}

interface Loss {
  /** Throws once the transaction is over, even if its work is still running. */
  refuse(): void;
  report(error: unknown): void;
  /** Rejects with the reported error. */
  happened: Promise<never>;
  hasHappened(): boolean;
}

function watchForLoss(): Loss {
  let reported: { error: unknown } | null = null;
  const { promise: happened, reject } = Promise.withResolvers<never>();
  happened.catch(() => {});
  return {
    refuse() {
      if (reported) throw reported.error;
    },
    report(error) {
      reported ??= { error };
      reject(error);
    },
    happened,
    hasHappened: () => reported !== null,
  };
}

/** After a lost connection the work neither returns nor throws: the driver would commit or roll back on a connection that is gone. */
const guard =
  (loss: Loss, work: Work): Work =>
  async (transaction) => {
    try {
      return await work(watched(loss, transaction));
    } finally {
      if (loss.hasHappened()) await new Promise(() => {});
    }
  };

function watched(loss: Loss, transaction: TransactionSql): TransactionSql {
  const unsafe: TransactionSql['unsafe'] = (...args) => {
    loss.refuse();
    const query = prepared(transaction)(...args);
    query.catch((error: unknown) => {
      if (isLoss(error)) loss.report(error);
    });
    return query as never;
  };
  const savepoint = (...args: unknown[]) => {
    loss.refuse();
    const work = args.pop() as Work;
    return Reflect.apply(transaction.savepoint, transaction, [...args, guard(loss, work)]);
  };
  return new Proxy(transaction, {
    get(target, key) {
      if (key === 'unsafe') return unsafe;
      return key === 'savepoint' ? savepoint : Reflect.get(target, key);
    },
    apply(target, self, args) {
      loss.refuse();
      return Reflect.apply(target, self, args);
    },
  });
}

const isLoss = (error: unknown): boolean => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && LOST.test(code);
};
