import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectDatabase } from '../db/connect.ts';
import { waitForDatabase } from '../db/waitForDatabase.ts';
import { StartupError } from '../startupError.ts';
import { PASSWORD_FILE, SUPERUSER } from './cluster.ts';
import { readPostmasterFile } from './postmaster.ts';

/** URL of the server that another process runs on the data folder; null when none responds. */
export async function runningUrl(dataDir: string): Promise<string | null> {
  const folder = join(dataDir, 'postgres');
  const file = readPostmasterFile(folder);
  if (!file?.isReady) return null;
  const password = readFileSync(join(folder, PASSWORD_FILE), 'utf8').trim();
  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${file.port}/postgres`;
  return (await acceptsConnections(url)) ? url : null;
}

/** The file may be left over from a killed server, and another program may use the port by now. */
async function acceptsConnections(url: string): Promise<boolean> {
  const database = connectDatabase({
    url,
    maxConnections: 1,
    connectTimeoutSeconds: 1,
    idleTimeoutSeconds: 1,
    maxLifetimeSeconds: 60,
    statementTimeoutSeconds: 1,
    applicationName: 'ciel probe',
  });
  try {
    await waitForDatabase(database, 1);
    await database.close();
    return true;
  } catch (error) {
    if (error instanceof StartupError) return false;
    throw error;
  }
}
