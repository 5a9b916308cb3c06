import { sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/db.ts';
import type { Check } from './check.ts';
import { contentChecks } from './content.ts';
import { countChecks } from './counts.ts';
import { peopleChecks } from './people.ts';
import { workChecks } from './work.ts';

export const checks: Check[] = [...countChecks, ...peopleChecks, ...contentChecks, ...workChecks];

export interface Broken {
  name: string;
  says: string;
  count: number;
  /** A few of them. */
  examples: string[];
}

const EXAMPLES = 20;

/** The rules that are broken, all at one moment: others may write meanwhile. */
export const findBroken = (db: Db): Promise<Broken[]> =>
  db.transaction(
    async (tx) => {
      const found: Broken[] = [];
      for (const { name, says, broken } of checks) {
        const rows = await tx.execute<{ id: string; count: number }>(
          sql`select id, (count(*) over ())::int as count from (${broken}) broken order by id limit ${EXAMPLES}`,
        );
        const [first] = rows;
        if (first) found.push({ name, says, count: first.count, examples: rows.map(({ id }) => id) });
      }
      return found;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
