import { eq, sql } from 'drizzle-orm';
import type { App } from '../core/app.ts';
import { cleanupTasks } from '../schema/index.ts';

/** Longer than any run takes. */
const LEASE = sql`now() + interval '5 minutes'`;

export interface Lease {
  progress: string | null;
  /** By the clock of the database. */
  startedAt: Date;
}

/** Null when the task is not due, or another instance is running it. */
export async function acquireLease({ db }: App, task: string, everyMinutes: number): Promise<Lease | null> {
  const isFree = sql`coalesce(${cleanupTasks.leasedUntil} <= now(), true)`;
  const isDue = sql`coalesce(${cleanupTasks.ranAt} <= now() - ${everyMinutes} * interval '1 minute', true)`;
  const [row] = await db
    .insert(cleanupTasks)
    .values({ task, leasedUntil: LEASE })
    .onConflictDoUpdate({
      target: cleanupTasks.task,
      set: { leasedUntil: LEASE },
      setWhere: sql`${isFree} and ${isDue}`,
    })
    .returning({ progress: cleanupTasks.progress, startedAt: sql<Date>`now()`.mapWith(cleanupTasks.ranAt) });
  return row ?? null;
}

/** An unfinished task is due again at once. */
export async function releaseLease(
  { db }: App,
  task: string,
  { progress }: Lease,
  isFinished: boolean,
): Promise<void> {
  await db
    .update(cleanupTasks)
    .set({ progress, leasedUntil: null, ranAt: isFinished ? sql`now()` : null })
    .where(eq(cleanupTasks.task, task));
}
