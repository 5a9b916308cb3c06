import { join } from 'node:path';

/** Folder of the migrations. Each of them is additive. */
export const MIGRATIONS = join(import.meta.dirname, '../../drizzle');
