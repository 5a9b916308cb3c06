import { StartupError } from '../startupError.ts';

const DAMAGE =
  /control file|checkpoint|could not (open|read|access|stat|locate)|invalid|corrupt|not a database cluster/i;

export function damagedDatabase(folder: string, what: string): StartupError {
  return new StartupError(
    `The database in ${folder} is damaged (${what}): restore that folder from a backup, or move it away to start with an empty database.`,
  );
}

/** The output of a PostgreSQL program that failed, as one sentence. */
export function startFailure(folder: string, output: string): StartupError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(folder);
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((line) => /(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
  const reason = line.replace(/^.*?(FATAL|PANIC|error|postgres): +/, '').trim();
  return DAMAGE.test(reason)
    ? damagedDatabase(folder, reason)
    : new StartupError(`PostgreSQL does not start on ${folder}: ${reason}.`);
}

/** Turns errors of the file system into sentences; returns others unchanged. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof StartupError || !code) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(dataDir);
  const reason = fileReasons[code];
  return reason ? new StartupError(`Cannot use ${path ?? dataDir} for data: ${reason}.`) : error;
}

const fileReasons: Record<string, string> = {
  EACCES: 'this user may not write there, so choose another DATA_DIR or another user',
  EPERM: 'it belongs to another user, so choose another DATA_DIR or that user',
  EROFS: 'the file system is read-only, so choose another DATA_DIR',
  ENOTDIR: 'a part of the path is a file, so choose another DATA_DIR',
  EEXIST: 'it is a file, so choose another DATA_DIR',
  ENOENT: 'the path cannot be created, so choose another DATA_DIR',
};

/** SQLSTATEs for a database file that is missing or does not contain what PostgreSQL wrote. */
const DAMAGE_CODES = ['58P01', 'XX001', 'XX002'];

export const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && DAMAGE_CODES.includes(String(error.code));

/** SQLSTATE for a database file that cannot be extended. */
const DISK_FULL = '53100';

/** Turns a query's failure into a sentence when files of the embedded database are damaged or its disk is full; returns others unchanged. */
export function explainDamage(error: unknown, folder: string): unknown {
  const failure = error instanceof Error && error.cause ? error.cause : error;
  if ((failure as { code?: unknown }).code === DISK_FULL) return diskFull(folder);
  return isDamage(failure) ? damagedDatabase(folder, failure.message) : error;
}

function diskFull(folder: string): StartupError {
  return new StartupError(`The disk that holds ${folder} is full: free some space and start again.`);
}
