import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log/log.ts';
import { StartupError } from '../startupError.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, prepareCluster, SUPERUSER } from './cluster.ts';
import { lockDataFolder } from './dataFolderLock.ts';
import { explainFileError } from './explainFailure.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';
import { choosePrivileges } from './privileges.ts';
import { stopLeftover } from './stopLeftover.ts';
import { supervise } from './supervise.ts';
import { startPostmasterOnWindows, stopLeftoverOnWindows } from './windows.ts';

export interface EmbeddedOptions {
  /** The database is in its subfolder `postgres`. */
  dataDir: string;
  log: Log;
  /** For tests: faster, and not safe from a crash of the machine. */
  fast?: boolean;
}

export interface EmbeddedPostgres {
  /** Includes the password. */
  url: string;
  port: number;
  /** Changes when the server is restarted. */
  readonly pid: number;
  stop(): Promise<void>;
}

const isWindows = process.platform === 'win32';
/** Temporary failures: another program took the port, or sessions of a killed server are still ending. */
const PASSING = /Address already in use|could not create any TCP|pre-existing shared memory block/;
const ATTEMPTS = 40;

/** Throws StartupError for everything that the operator can fix. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, fast = false } = options;
  let unlock = () => {};
  try {
    const binaries = findBinaries();
    const dataDir = makeDataFolder(options.dataDir);
    unlock = lockDataFolder(dataDir);
    const folder = join(dataDir, 'postgres');
    const privileges = choosePrivileges(binaries, dataDir, folder);
    const cluster: Cluster = { folder, privileges, fast };
    await (isWindows ? stopLeftoverOnWindows(cluster) : stopLeftover(folder));
    const password = await prepareCluster(cluster, binaries.version.split('.')[0]!);
    const { port, postmaster } = await startOnFreePort(cluster, log);
    log.info({ folder, port, postmaster: postmaster.pid, how: privileges.how }, 'postgres started');
    const supervised = supervise(postmaster, () => start(cluster, port, log), log);
    let stopped: Promise<void> | null = null;
    return {
      url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
      port,
      get pid() {
        return supervised.pid();
      },
      stop: () => {
        stopped ??= supervised.stop().finally(unlock);
        return stopped;
      },
    };
  } catch (error) {
    unlock();
    throw explainFileError(error, options.dataDir);
  }
}

function makeDataFolder(path: string): string {
  makeFolders(resolve(path));
  accessSync(path, constants.W_OK);
  return realpathSync(path);
}

/** Node's recursive mkdir never returns where creating a folder fails with ENOENT although its parent exists, as in /proc. */
function makeFolders(path: string): void {
  if (!existsSync(dirname(path))) makeFolders(dirname(path));
  if (!existsSync(path) || !statSync(path).isDirectory()) mkdirSync(path);
}

async function startOnFreePort(
  cluster: Cluster,
  log: Log,
): Promise<{ port: number; postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    try {
      return { port, postmaster: await start(cluster, port, log) };
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof StartupError && PASSING.test(error.message)))
        throw error;
      await sleep(250);
    }
  }
}

const start = (cluster: Cluster, port: number, log: Log) =>
  isWindows ? startPostmasterOnWindows(cluster, port) : startPostmaster(cluster, port, log);

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
