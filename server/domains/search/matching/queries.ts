import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';

/** Escapes the special characters of `like`. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

export const startsWith = (text: string): SQL => sql`lower(${`${literal(text)}%`}::text)`;

export const containing = (text: string): SQL => sql`lower(${`%${literal(text)}%`}::text)`;

/** How similar words must be to match; the default does not find a five-letter word with one wrong letter. */
const ALIKE = '0.45';

/**
 * The best index depends on the words: until the transaction ends, each statement is planned for its own, and no table is read whole
 * to join the few rows that were found.
 */
export async function planEachSearch(db: Db): Promise<void> {
  await db.execute(sql`
    select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
      set_config('pg_trgm.word_similarity_threshold', ${ALIKE}, true)`);
}
