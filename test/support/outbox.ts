import type { Notice } from '../../server/core/notices.ts';
import type { PointChange } from '../../server/core/points.ts';
import type { World } from './world.ts';

/** Takes the notices enqueued since the last call out of the queue. */
export async function takeNotices({ database: { sql } }: World): Promise<Notice[]> {
  const rows = await sql<{ notice: Notice }[]>`
    delete from jobs where kind = 'notifications.settle' returning id, body->'notice' as notice`;
  return rows.map(({ notice }) => notice);
}

export async function takeTrustChanges({ database: { sql } }: World): Promise<PointChange[]> {
  const rows = await sql<{ change: PointChange }[]>`
    delete from jobs where kind = 'trust.settle' returning id, body->'change' as change`;
  return rows.map(({ change }) => change);
}
