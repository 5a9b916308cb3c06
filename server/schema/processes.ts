import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { id, time } from './columns.ts';

/** The running processes of this installation, one row each. A row that is no longer renewed belongs to a process that died. */
export const processes = pgTable('processes', {
  id: id(),
  mode: text('mode').notNull(),
  version: text('version').notNull(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  /** Connections to PostgreSQL that it may open. */
  connections: integer('connections').notNull(),
  /** Null in processes that make no links. */
  publicUrl: text('public_url'),
  store: text('store'),
  /** Null in processes that use no queue. */
  queue: text('queue'),
  /** Digests of its keys; empty in processes without keys. */
  accessKeys: text('access_keys').array().notNull(),
  refreshKeys: text('refresh_keys').array().notNull(),
  startedAt: time('started_at').notNull().defaultNow(),
  seenAt: time('seen_at').notNull().defaultNow(),
});
