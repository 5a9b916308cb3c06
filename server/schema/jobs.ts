import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';

/** The workers' queue and the outbox of every write, in one. */
export const jobs = pgTable(
  'jobs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    queue: text('queue').$type<'media' | 'effects'>().notNull(),
    kind: text('kind').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    /** Cleared at the first delivery: later writes need a job of their own. */
    dedupKey: text('dedup_key'),
    /** Truncated to the millisecond, because rounding up would hide a new job from the read that follows. */
    visibleAt: time('visible_at').notNull().default(sql`date_trunc('milliseconds', now())`),
    createdAt: createdAt(),
    receiveCount: integer('receive_count').notNull().default(0),
    /** Receipt of the latest delivery, until it is given back. */
    receipt: uuid('receipt'),
    /** Set after too many deliveries; an operator may replay the job. */
    deadAt: time('dead_at'),
    lastError: text('last_error'),
  },
  (t) => [
    index('jobs_ready_idx').on(t.queue, t.visibleAt, t.id).where(sql`${t.deadAt} is null`),
    index('jobs_dead_idx').on(t.queue, t.id).where(sql`${t.deadAt} is not null`),
    uniqueIndex('jobs_dedup_key')
      .on(t.queue, t.dedupKey)
      .where(sql`${t.dedupKey} is not null and ${t.deadAt} is null`),
    check('jobs_queue_check', sql`${t.queue} in ('media', 'effects')`),
    check('jobs_kind_check', sql`length(${t.kind}) between 1 and 100`),
    check('jobs_body_check', sql`jsonb_typeof(${t.body}) = 'object'`),
    check('jobs_receive_count_check', sql`${t.receiveCount} >= 0`),
    check('jobs_dead_check', sql`${t.deadAt} is null or ${t.receipt} is null`),
  ],
);
