import { and, asc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import { jobs } from '../../schema/jobs.ts';
import type { Db } from '../db/db.ts';
import { fromNow } from './enqueueJob.ts';
import { MAX_RECEIVES } from './queue.ts';

export interface DeadJob {
  id: number;
  queue: 'media' | 'effects';
  kind: string;
  body: Record<string, unknown>;
  receiveCount: number;
  deadAt: Date;
  lastError: string | null;
}

/** Dead jobs, oldest first, after the given id. */
export async function listDead(
  db: Db,
  { limit, afterId = 0 }: { limit: number; afterId?: number },
): Promise<DeadJob[]> {
  return db
    .select({
      id: jobs.id,
      queue: jobs.queue,
      kind: jobs.kind,
      body: jobs.body,
      receiveCount: jobs.receiveCount,
      deadAt: sql<Date>`${jobs.deadAt}`.mapWith(jobs.deadAt),
      lastError: jobs.lastError,
    })
    .from(jobs)
    .where(and(isNotNull(jobs.deadAt), gt(jobs.id, afterId)))
    .orderBy(asc(jobs.id))
    .limit(limit);
}

/** Makes dead jobs ready again, with all their attempts; returns how many. */
export async function replayDead(db: Db, ids: number[] | 'all'): Promise<number> {
  const rows = await db
    .update(jobs)
    .set({ deadAt: null, receiveCount: 0, visibleAt: fromNow(0), dedupKey: null })
    .where(and(isNotNull(jobs.deadAt), ids === 'all' ? undefined : inArray(jobs.id, ids)))
    .returning({ id: jobs.id });
  return rows.length;
}

const RETRIED_AT_ONCE = 100;

/**
 * Gives dead jobs of the queue `effects` one more attempt each, an hour after they died, for 14 days; returns how many. They reconcile,
 * so late is right, and an outage that outlasted their attempts leaves nothing behind. Whatever fails again is dead again.
 */
export async function retryDeadEffects(db: Db): Promise<number> {
  const due = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.queue, 'effects'),
        sql`${jobs.deadAt} < now() - interval '1 hour'`,
        sql`${jobs.createdAt} > now() - interval '14 days'`,
      ),
    )
    .orderBy(asc(jobs.id))
    .limit(RETRIED_AT_ONCE);
  const rows = await db
    .update(jobs)
    .set({ deadAt: null, receiveCount: MAX_RECEIVES - 1, visibleAt: fromNow(0), dedupKey: null })
    .where(and(isNotNull(jobs.deadAt), inArray(jobs.id, due)))
    .returning({ id: jobs.id });
  return rows.length;
}

/** A message from the dead-letter queue of another queue. */
export interface DeadLetter {
  /** Of the message. */
  id: string;
  text: string;
  receiveCount: number;
}

/** The kind of what is not a job; its body is `{ raw }`. */
export const UNREADABLE = 'unreadable';

/** Our jobs are shorter than 200 characters; more would fill the list of dead jobs, and what is deeply nested no jsonb. */
const LONGEST_LETTER = 4000;

/** Keeps a media job that died in another queue as a dead job of the table, once. To be called by one process at a time. */
export async function keepDeadLetter(db: Db, { id, text, receiveCount }: DeadLetter): Promise<void> {
  const dedupKey = `dead letter ${id}`;
  const isSame = and(eq(jobs.queue, 'media'), isNotNull(jobs.deadAt), eq(jobs.dedupKey, dedupKey));
  if ((await db.$count(jobs, isSame)) > 0) return;
  await db.insert(jobs).values({
    queue: 'media',
    ...jobOf(text),
    dedupKey,
    receiveCount,
    deadAt: sql`now()`,
    lastError: 'Moved here from the dead-letter queue; the log of the workers says why',
  });
}

function jobOf(text: string): { kind: string; body: Record<string, unknown> } {
  const job = text.length <= LONGEST_LETTER && !HAS_ODD_ESCAPE.test(text) ? parsed(text) : null;
  if (typeof job === 'object' && job !== null && !Array.isArray(job)) {
    const { kind, ...body } = job as Record<string, unknown>;
    if (typeof kind === 'string' && kind.length > 0 && kind.length <= 100) return { kind, body };
  }
  return {
    kind: UNREADABLE,
    body: { raw: text.slice(0, LONGEST_LETTER).replaceAll('\0', '').toWellFormed() },
  };
}

/** NUL and halves of surrogate pairs are valid JSON, but no jsonb. */
const HAS_ODD_ESCAPE = /\\u(0000|d[89a-f])/i;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
