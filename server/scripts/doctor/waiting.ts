import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../infra/db/db.ts';
import { examine, type Finding, ok, warning } from './finding.ts';

/** What is done by jobs, and how long it may take. */
interface Waiting {
  name: string;
  /** After the number. */
  says: string;
  /** One row for each that waits: `since`. */
  rows: SQL;
  minutes: number;
  advice: string;
}

const states: Waiting[] = [
  {
    name: 'photographs',
    says: 'wait to be processed',
    rows: sql`select status_changed_at as since from media where status in ('uploaded', 'processing')`,
    minutes: 5,
    advice:
      'Start a worker, or read its log. A job that a queue has lost is written again after 20 minutes at most.',
  },
];

export const examineWaiting = ({ db }: Database): (() => Promise<Finding>)[] =>
  states.map(
    ({ name, says, rows, minutes, advice }) =>
      () =>
        examine(
          name,
          async () => {
            const [row] = await db.execute<{ count: number; waited: number }>(sql`
              select count(*)::int as count, coalesce(ceil(extract(epoch from now() - min(since)) / 60), 0)::int as waited
              from (${rows}) waiting`);
            const { count, waited } = row!;
            if (count === 0) return ok(`none ${says}`);
            const found = `${count} ${says}, one of them for ${waited} minutes`;
            return waited <= minutes ? ok(found) : warning(found, advice);
          },
          'npm run ciel -- migrate creates missing tables.',
        ),
  );
