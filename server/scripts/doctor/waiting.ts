import { type SQL, sql } from 'drizzle-orm';
import type { JobKind } from '../../core/outbox.ts';
import type { Database } from '../../infra/db/db.ts';
import { examine, type Finding, ok, warning } from './finding.ts';

/** What only these jobs do, and how long that may take. */
interface Waiting {
  name: string;
  kinds: JobKind[];
  /** After the number. */
  says: string;
  /** One row for each that waits: `since`. */
  rows: SQL;
  minutes: number;
  advice: string;
}

/** Jobs of the table that are ready or dead: those of a later time, such as the end of a ban, wait for it and not for a worker. */
function ofJobs(name: string, says: string, kinds: JobKind[]): Waiting {
  const rows = sql`
    select coalesce(dead_at, visible_at) as since from jobs
    where kind in ${kinds} and (dead_at is not null or visible_at <= now())`;
  const advice =
    'Start an API process, or read its log. Dead jobs are tried again every hour; npm run ciel -- dead lists them.';
  return { name, says, kinds, rows, minutes: 15, advice };
}

/** docs/operations/monitoring.md says of each how it ends when its job dies or is lost. */
export const states: Waiting[] = [
  {
    name: 'photographs',
    kinds: ['media.process'],
    says: 'wait to be processed',
    rows: sql`select status_changed_at as since from media where status in ('uploaded', 'processing')`,
    minutes: 5,
    advice:
      'Start a worker, or read its log. A job that a queue has lost is written again after 20 minutes at most.',
  },
  ofJobs('placement', 'wait to place photographs', ['media.place', 'media.placeOwner']),
  ofJobs('feeds', 'wait to fill feeds', ['feed.fanOut', 'feed.widen']),
  ofJobs('deletions', 'wait to remove objects and relationships', ['media.removeObjects', 'account.leave']),
  ofJobs('notices', 'wait to reconcile notifications and points', [
    'notifications.settle',
    'trust.settle',
    'engagement.settleComments',
    'engagement.settleReplies',
  ]),
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
