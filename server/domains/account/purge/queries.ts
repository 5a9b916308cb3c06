import { sql } from 'drizzle-orm';
import type { JobKind } from '../../../core/outbox.ts';
import type { Db } from '../../../infra/db/db.ts';
import { jobs } from '../../../schema/index.ts';

export async function isWaiting(db: Db, kind: JobKind): Promise<boolean> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(sql`${jobs.kind} = ${kind} and ${jobs.deadAt} is null`)
    .limit(1);
  return rows.length > 0;
}
