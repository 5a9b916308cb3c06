import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartupError } from '../startupError.ts';

const SQLITE_BUSY = 5;

/**
 * Makes this process the only one on the data folder; returns a function that gives that up. The lock is the operating system's, so
 * it ends with the process, however that dies. SQLite takes it, because Node has no file locks and a pid file can be wrong.
 */
export function lockDataFolder(dataDir: string): () => void {
  const file = join(dataDir, 'postgres.lock');
  const lock = open(file);
  try {
    // With its journal in memory SQLite writes nothing, so this works on a full disk.
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode !== SQLITE_BUSY) throw unusable(file);
    throw new StartupError(
      `Another Ciel is running on the data folder ${dataDir}: stop it first, or set another DATA_DIR.`,
    );
  }
  return () => lock.close();
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch {
    throw unusable(file);
  }
}

function unusable(file: string): StartupError {
  return new StartupError(`Cannot lock ${file}: it must belong to the user who runs Ciel.`);
}
