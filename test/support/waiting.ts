import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** Resolves once this many transactions on the world's database wait for a lock. */
export async function untilWaiting({ database }: World, count: number): Promise<void> {
  for (let waiting = 0; waiting < count; await sleep(5)) {
    const rows = await database.sql`
      select from pg_stat_activity
      where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`;
    waiting = rows.length;
  }
}
