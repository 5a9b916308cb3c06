import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../startupError.ts';
import { runningUrl } from './runningUrl.ts';
import { type EmbeddedOptions, startEmbeddedPostgres } from './startEmbedded.ts';

export interface Joined {
  url: string;
  /** Another process is running on it. */
  isShared: boolean;
  /** Leaves a shared database running. */
  stop(): Promise<void>;
}

interface JoinOptions extends EmbeddedOptions {
  /** Create the database when there is none. */
  mayCreate: boolean;
}

/** The embedded database of a running server, or else started for as long as it is needed. */
export async function joinOrStart({ mayCreate, ...options }: JoinOptions): Promise<Joined> {
  const { dataDir } = options;
  const running = await runningUrl(dataDir);
  if (running !== null) return { url: running, isShared: true, stop: async () => {} };
  if (!mayCreate && !existsSync(join(dataDir, 'postgres')))
    throw new StartupError(`There is no database in ${dataDir}: set DATABASE_URL or DATA_DIR.`);
  const { url, stop } = await startEmbeddedPostgres(options);
  return { url, isShared: false, stop };
}
