import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../server/infra/db/db.ts';

/** A row of the table in docs/locks.md. */
export interface Lock {
  rank: number;
  name: string;
  /** The table whose rows are locked; null for an advisory lock. */
  table: string | null;
  /** Key of an advisory lock. */
  seed: number | null;
  /** What the text of an advisory lock begins with. */
  prefix: string;
  functions: string[];
}

const DOCUMENT = join(import.meta.dirname, '../../docs/locks.md');

export const locks: Lock[] = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^\| (\d+) \|(.*)\|$/gm)].map(
  ([, rank, cells]) => {
    const [name = '', on = '', functions = ''] = cells!.split('|').map((cell) => cell.trim());
    const [, seed, text = ''] = /^advisory (\d+): `([^`]*)`/.exec(on) ?? [];
    return {
      rank: Number(rank),
      name,
      table: seed === undefined ? on.replaceAll('`', '') : null,
      seed: seed === undefined ? null : Number(seed),
      prefix: /^\w+ /.exec(text)?.[0] ?? '',
      functions: [...functions.matchAll(/`(\w+)`/g)].map(([, found]) => found!),
    };
  },
);

const ofTable = new Map(locks.flatMap((lock) => (lock.table === null ? [] : [[lock.table, lock] as const])));
const POST = ofTable.get('posts')!;
const COMMENT = ofTable.get('comments')!;
/** Where it is not `id`. */
const KEYS: Record<string, string> = {
  feed_readers: 'reader_id',
  signup_reviews: 'user_id',
  credentials: 'user_id',
};

interface Taken {
  lock: Lock;
  /** Null: the statement does not say which rows. */
  ids: string[] | null;
  /** False for a lock that is passed over while another transaction holds it. */
  waits: boolean;
  /** A row that nobody else knows of yet. */
  isNew: boolean;
}

const found: string[] = [];

/** What was taken out of order since the last call. */
export const takeMisordered = (): string[] => found.splice(0);

/** Watches the transactions on all connections of the database. */
export function watchLockOrder(database: Database): void {
  const open = new Map<number, Transaction>();
  const options = database.sql.options as { debug: unknown };
  options.debug = (connection: number, query: string, parameters: unknown[]) => {
    if (/^\s*begin\b/.test(query)) open.set(connection, createTransaction());
    else if (/^\s*(commit|rollback)\s*$/.test(query)) open.delete(connection);
    else open.get(connection)?.(query, parameters);
  };
}

type Transaction = (query: string, parameters: unknown[]) => void;

function createTransaction(): Transaction {
  const held: Taken[] = [];
  const savepoints = new Map<string, number>();
  return (query, parameters) => {
    const [, isBack, savepoint] = /^\s*(rollback to )?(?:savepoint )?"?(\w+)"?\s*$/.exec(query) ?? [];
    if (savepoint && isBack) held.length = savepoints.get(savepoint)!;
    else if (savepoint) savepoints.set(savepoint, held.length);
    for (const taken of takenBy(query, parameters)) {
      const fault = faultOf(held, taken);
      if (fault) found.push(`${fault}: ${query}`);
      held.push(taken);
    }
  };
}

function faultOf(held: Taken[], { lock, ids, waits, isNew }: Taken): string | null {
  const same = held.filter((other) => other.lock === lock);
  const isHeld = (id: string) => same.some((other) => other.ids?.includes(id));
  if (!waits || isNew || same.some((other) => other.ids === null) || ids?.every(isHeld)) return null;
  const later = held.find((other) => !other.isNew && other.lock.rank > lock.rank && !isNextPost(lock, other));
  if (later) return `${lock.name} after ${later.lock.name}`;
  const isUnsorted = same.some((other) => other.ids?.some((one) => ids?.some((id) => id < one)));
  return isUnsorted && lock !== COMMENT ? `${lock.name} after one with a greater id` : null;
}

/** Comments of several posts are taken post by post. */
const isNextPost = (lock: Lock, later: Taken) => lock === POST && later.lock === COMMENT;

const STATEMENT =
  /\b(update|delete from|insert into) "(\w+)"|\bfrom "?(\w+)"?.*?\bfor (?:no key update|update|key share|share)\b(?: of "(\w+)")?/gs;

function takenBy(query: string, parameters: unknown[]): Taken[] {
  const waits = !/skip locked|pg_try_/.test(query);
  if (/pg_(try_)?advisory/.test(query)) return advisory(query, parameters, waits);
  return [...query.matchAll(STATEMENT)].flatMap(([, verb, written, selected, of]) => {
    const table = (written ?? of ?? selected)!;
    const lock = ofTable.get(table);
    // A purged user comes last of all.
    if (!lock || (verb === 'delete from' && table === 'users')) return [];
    const isNew = verb === 'insert into' && !/on conflict.*do update/s.test(query);
    return [{ lock, ids: isNew ? null : idsIn(query, parameters, table, verb), waits, isNew }];
  });
}

function advisory(query: string, [text, seed]: unknown[], waits: boolean): Taken[] {
  const lock = locks.find(
    (one) => one.seed === Number(seed ?? /, (\d+)\)/.exec(query)?.[1]) && String(text).startsWith(one.prefix),
  );
  if (!lock) throw new Error(`docs/locks.md does not know the lock of: ${query} (${text}, ${seed})`);
  return [{ lock, ids: [String(text)], waits, isNew: false }];
}

function idsIn(
  query: string,
  parameters: unknown[],
  table: string,
  verb: string | undefined,
): string[] | null {
  const key = KEYS[table] ?? 'id';
  if (verb === 'insert into') return table === 'feed_readers' ? [String(parameters[0])] : null;
  const [, one, many] = new RegExp(`"${table}"\\."${key}" = (?:\\$(\\d+)|any\\(\\$(\\d+))`).exec(query) ?? [];
  if (one) return [String(parameters[Number(one) - 1])];
  if (many)
    return String(parameters[Number(many) - 1])
      .replace(/[{}]/g, '')
      .split(',');
  return null;
}
