import { join } from 'node:path';
import type { Database } from '../infra/db/db.ts';
import { findPending, migrate } from '../infra/db/migrate.ts';
import { type OpenOptions, openDatabase } from '../infra/db/openDatabase.ts';
import { StartupError } from '../infra/startupError.ts';

/** Folder of the migrations. Each of them is additive. */
export const MIGRATIONS = join(import.meta.dirname, '../../drizzle');

/** Past the pooler, where there is a way: it may end what takes long. */
export async function migrateDirectly(
  database: Database,
  options: OpenOptions & { directUrl: string | null },
) {
  const { directUrl: url } = options;
  if (url === null || (await findPending(database, MIGRATIONS)).length === 0)
    return migrate(database, MIGRATIONS);
  const direct = await openDatabase({
    ...options,
    url,
    pooler: null,
    maxConnections: 1,
    variable: 'DATABASE_DIRECT_URL',
  });
  try {
    await migrate(direct, MIGRATIONS);
  } finally {
    await direct.close();
  }
}

/** A script never migrates a database that running servers use. */
export async function requireMigrated(database: Database): Promise<void> {
  const { length } = await findPending(database, MIGRATIONS);
  if (length > 0)
    throw new StartupError(
      `The database is missing ${length} migrations of this version: apply them with npm run ciel -- migrate.`,
    );
}
