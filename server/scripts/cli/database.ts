import { unlessInterrupted } from '../../bootstrap/interruption.ts';
import { parseDatabaseConfig } from '../../config/config.ts';
import { connectDatabase, waitForDatabase } from '../../infra/db/connect.ts';
import type { Database } from '../../infra/db/db.ts';
import { silentLog } from '../../infra/log/log.ts';
import { joinOrStart } from '../../infra/postgres/joinOrStart.ts';

interface DatabaseOptions {
  /** Creates the embedded database if there is none. */
  mayCreate?: boolean;
  /** How long to wait for the first connection. */
  waitSeconds?: number;
}

/** Opens the database at DATABASE_URL, or the embedded one in DATA_DIR, for long work that needs nothing else. */
export async function withDatabase<T>(
  work: (database: Database) => Promise<T>,
  { mayCreate = false, waitSeconds = 20 }: DatabaseOptions = {},
): Promise<T> {
  const { url, dataDir } = parseDatabaseConfig();
  const open = async () => {
    const postgres = url ? null : await joinOrStart({ dataDir, log: silentLog, mayCreate });
    const database = connectTo(url ?? postgres!.url);
    const close = async () => {
      await database.close();
      await postgres?.stop();
    };
    try {
      await waitForDatabase(database, waitSeconds);
      return { resource: database, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
  return unlessInterrupted(open, work);
}

const connectTo = (url: string): Database =>
  connectDatabase({
    url,
    maxConnections: 2,
    connectTimeoutSeconds: 5,
    idleTimeoutSeconds: 60,
    maxLifetimeSeconds: 7200,
    statementTimeoutSeconds: 3600,
    applicationName: 'ciel script',
  });
