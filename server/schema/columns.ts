import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** Milliseconds, the precision of a JavaScript Date and so of every cursor. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const createdAt = () => time('created_at').notNull().defaultNow();

export const id = () => uuid('id').primaryKey().default(sql`uuidv7()`);
