import { type SQL, sql } from 'drizzle-orm';

/** For `like`, in which the characters that mean something there mean themselves. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export const beginningWith = (text: string): SQL => sql`lower(${`${literal(text)}%`}::text)`;

export const containing = (text: string): SQL => sql`lower(${`%${literal(text)}%`}::text)`;
