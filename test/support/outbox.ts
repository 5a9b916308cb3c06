import type { Notice, TrustChange } from '../../server/core/acts.ts';
import type { World } from './world.ts';

/** What waits to be settled since the last time, and is taken out of the queue. */
export async function takeNotices({ database: { sql } }: World): Promise<Notice[]> {
  const rows = await sql<{ notice: Notice }[]>`
    delete from jobs where kind = 'notifications.settle' returning id, body->'notice' as notice`;
  return rows.map(({ notice }) => notice);
}

export async function takeTrustChanges({ database: { sql } }: World): Promise<TrustChange[]> {
  const rows = await sql<{ change: TrustChange }[]>`
    delete from jobs where kind = 'trust.settle' returning id, body->'change' as change`;
  return rows.map(({ change }) => change);
}
