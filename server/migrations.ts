import { join } from 'node:path';

/** The folder of the migrations, each of which only adds. */
export const MIGRATIONS = join(import.meta.dirname, '../drizzle');
