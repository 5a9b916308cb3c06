import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartupError } from '../startupError.ts';
import { binaryPath, ENVIRONMENT } from './binaries.ts';
import { damagedDatabase, startFailure } from './explainFailure.ts';
import { giveToServerUser, type Privileges } from './privileges.ts';

export const SUPERUSER = 'ciel';
export const PASSWORD_FILE = 'ciel.password';
const PARTS = ['global/pg_control', 'base', 'pg_wal', 'postgresql.conf', PASSWORD_FILE];

export interface Cluster {
  /** An absolute path. */
  folder: string;
  privileges: Privileges;
  /** For tests: data need not survive a crash of the machine. */
  fast: boolean;
}

/** Creates the cluster when there is none, otherwise checks it; returns the password of its superuser. */
export async function prepareCluster(cluster: Cluster, majorVersion: string): Promise<string> {
  const { folder, privileges } = cluster;
  removeUnfinished(folder);
  if (isAbsent(folder)) await createCluster(cluster);
  checkCluster(folder, majorVersion);
  giveToServerUser(folder, privileges);
  return readFileSync(join(folder, PASSWORD_FILE), 'utf8').trim();
}

/** Removes what an interrupted start has left behind. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.unfinished`)) {
      rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

function isAbsent(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** Works in a folder next to the final one, so that the cluster is complete or does not exist. */
async function createCluster(cluster: Cluster): Promise<void> {
  const { folder, privileges } = cluster;
  const unfinished = `${folder}.unfinished-${process.pid}`;
  const passwordFile = `${unfinished}.password`;
  try {
    writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    if (privileges.owner) chownSync(passwordFile, privileges.owner.uid, privileges.owner.gid);
    await initialize(cluster, unfinished, passwordFile);
    renameSync(passwordFile, join(unfinished, PASSWORD_FILE));
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(unfinished, folder);
  } catch (error) {
    removeUnfinished(folder);
    throw error;
  }
}

async function initialize(cluster: Cluster, unfinished: string, passwordFile: string): Promise<void> {
  // With the character class of C, trigram search ignores letters beyond ASCII; but not every system has C.UTF-8.
  for (const characters of ['C.UTF-8', 'C']) {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    giveToServerUser(unfinished, cluster.privileges);
    const output = await initdb(cluster, unfinished, passwordFile, characters);
    if (output === null) return;
    if (characters === 'C' || !output.includes('invalid locale name'))
      throw startFailure(cluster.folder, output);
  }
}

/** Null on success, otherwise the output of the program. */
function initdb(
  cluster: Cluster,
  unfinished: string,
  passwordFile: string,
  characters: string,
): Promise<string | null> {
  const { privileges, fast } = cluster;
  // By descriptor: the server's user may have no access to the path.
  const passwordName = process.platform === 'win32' ? passwordFile : '/dev/stdin';
  const [file, args, options] = privileges.command(binaryPath(privileges.binaries, 'initdb'), [
    `--pgdata=${privileges.nameOf(unfinished)}`,
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordName}`,
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${characters}`,
    '--lc-messages=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(fast ? ['--no-sync'] : []),
  ]);
  const password = openSync(passwordFile, 'r');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options,
      cwd: unfinished,
      env: ENVIRONMENT,
      stdio: [password, 'pipe', 'pipe'],
      windowsHide: true,
    });
    closeSync(password);
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? null : output));
  });
}

function checkCluster(folder: string, majorVersion: string): void {
  if (!existsSync(join(folder, 'PG_VERSION'))) throw damagedDatabase(folder, 'PG_VERSION is missing');
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== majorVersion) {
    throw new StartupError(
      `The database in ${folder} was made by PostgreSQL ${version}, but this version of Ciel brings ${majorVersion}: dump it with the earlier version and restore it into a new DATA_DIR.`,
    );
  }
  for (const part of PARTS)
    if (!existsSync(join(folder, part))) throw damagedDatabase(folder, `${part} is missing`);
}
