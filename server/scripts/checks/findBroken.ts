import { SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';
import { captionChecks } from './captions.ts';
import type { Check } from './check.ts';
import { contentChecks } from './content.ts';
import { countChecks } from './counts.ts';
import { leftoverChecks } from './leftovers.ts';
import { moderationChecks } from './moderation.ts';
import { notificationChecks } from './notifications.ts';
import { sanctionChecks } from './sanctions.ts';
import { storyChecks } from './stories.ts';
import { takedownChecks } from './takedowns.ts';
import { trustChecks } from './trust.ts';
import { userChecks } from './users.ts';
import { workChecks } from './work.ts';

export const checks: Check[] = [
  ...countChecks,
  ...userChecks,
  ...contentChecks,
  ...storyChecks,
  ...captionChecks,
  ...trustChecks,
  ...notificationChecks,
  ...moderationChecks,
  ...takedownChecks,
  ...sanctionChecks,
  ...workChecks,
  ...leftoverChecks,
];

export interface Broken {
  name: string;
  says: string;
  count: number;
  /** A few of them. */
  examples: string[];
}

const EXAMPLES = 20;

/** The broken rules. One snapshot serves all of them, so that servers can keep writing. */
export const findBroken = (db: Db, onCheck?: (done: number, name: string) => void): Promise<Broken[]> =>
  db.transaction(
    async (tx) => {
      const found: Broken[] = [];
      for (const [at, { name, says, broken }] of checks.entries()) {
        onCheck?.(at, name);
        const { count, examples } = await (broken instanceof SQL ? select(tx, broken) : call(tx, broken));
        if (count > 0) found.push({ name, says, count, examples });
      }
      return found;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );

type Found = Pick<Broken, 'count' | 'examples'>;

async function select(db: Db, broken: SQL): Promise<Found> {
  const rows = await db.execute<{ id: string; count: number }>(
    sql`select id, (count(*) over ())::int as count from (${broken}) broken order by id limit ${EXAMPLES}`,
  );
  return { count: rows[0]?.count ?? 0, examples: rows.map(({ id }) => id) };
}

async function call(db: Db, broken: (db: Db) => Promise<string[]>): Promise<Found> {
  const ids = await broken(db);
  return { count: ids.length, examples: ids.slice(0, EXAMPLES) };
}
