import { type SQL, sql } from 'drizzle-orm';

/** Escapes the special characters of `like`. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export const beginningWith = (text: string): SQL => sql`lower(${`${literal(text)}%`}::text)`;

export const containing = (text: string): SQL => sql`lower(${`%${literal(text)}%`}::text)`;
