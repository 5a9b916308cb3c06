import { parseDatabaseConfig } from '../../config.ts';
import { connectDatabase, waitForDatabase } from '../../infra/db/connect.ts';
import type { Database } from '../../infra/db/db.ts';
import { silentLog } from '../../infra/log/log.ts';
import { joinOrStart } from '../../infra/postgres/joinOrStart.ts';

interface DatabaseOptions {
  /** Makes an embedded database when there is none. */
  mayCreate?: boolean;
  /** For the first connection. */
  waitSeconds?: number;
}

/** The database that DATABASE_URL names, or else the embedded one in DATA_DIR, for work that needs nothing else and takes its time. */
export async function withDatabase<T>(
  work: (database: Database) => Promise<T>,
  { mayCreate = false, waitSeconds = 20 }: DatabaseOptions = {},
): Promise<T> {
  const { url: given, dataDir } = parseDatabaseConfig();
  const { url, stop } = given
    ? { url: given, stop: async () => {} }
    : await joinOrStart({ dataDir, log: silentLog, mayCreate });
  try {
    const database = connectDatabase({
      url,
      maxConnections: 2,
      connectTimeoutSeconds: 5,
      idleTimeoutSeconds: 60,
      maxLifetimeSeconds: 7200,
      statementTimeoutSeconds: 3600,
      applicationName: 'ciel script',
    });
    await waitForDatabase(database, waitSeconds);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}
