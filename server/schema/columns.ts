import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** Milliseconds, because that is what a JavaScript Date and so every cursor can hold. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const createdAt = () => time('created_at').notNull().defaultNow();

export const id = () => uuid('id').primaryKey().default(sql`uuidv7()`);
