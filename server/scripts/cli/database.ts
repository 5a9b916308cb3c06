import { unlessInterrupted } from '../../bootstrap/interruption.ts';
import { parseDatabaseConfig } from '../../config/config.ts';
import type { Database } from '../../infra/db/db.ts';
import { openDatabase } from '../../infra/db/openDatabase.ts';
import { silentLog } from '../../infra/log/log.ts';
import { joinOrStart } from '../../infra/postgres/joinOrStart.ts';

interface DatabaseOptions {
  /** Creates the embedded database if there is none. */
  mayCreate?: boolean;
  /** How long to wait for the first connection. */
  waitSeconds?: number;
}

/** Opens the database at DATABASE_URL, past a pooler where DATABASE_DIRECT_URL says how, or the embedded one in DATA_DIR, for long work that needs nothing else. */
export async function withDatabase<T>(
  work: (database: Database) => Promise<T>,
  { mayCreate = false, waitSeconds = 20 }: DatabaseOptions = {},
): Promise<T> {
  const { database, dataDir } = parseDatabaseConfig();
  const url = database.directUrl ?? database.url;
  const open = async () => {
    const postgres = url ? null : await joinOrStart({ dataDir, log: silentLog, mayCreate });
    try {
      const resource = await openDatabase({
        url: url ?? postgres!.url,
        pooler: database.directUrl ? null : database.pooler,
        variable: database.directUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL',
        waitSeconds,
        maxConnections: 2,
        connectTimeoutSeconds: 5,
        idleTimeoutSeconds: 60,
        maxLifetimeSeconds: 7200,
        statementTimeoutSeconds: 3600,
        applicationName: 'ciel script',
      });
      const close = async () => {
        await resource.close();
        await postgres?.stop();
      };
      return { resource, close };
    } catch (error) {
      await postgres?.stop();
      throw error;
    }
  };
  return unlessInterrupted(open, work);
}
