import { type SpawnOptions, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartupError } from '../startupError.ts';
import {
  type Binaries,
  binaryPath,
  cannotRun,
  copyBinaries,
  ENVIRONMENT,
  repairBinaries,
} from './binaries.ts';

/** How PostgreSQL is run, since it refuses to run as root. */
export interface Privileges {
  how: 'as ourselves' | 'as another user' | 'in a user namespace' | 'from a copy, as another user';
  /** The folder of the binaries. */
  binaries: string;
  /** Owner of the cluster's files; null when files keep the owner who creates them. */
  owner: Account | null;
  /** The folder as named to PostgreSQL; its working directory is always the folder itself. */
  nameOf(folder: string): string;
  command(file: string, args: string[]): [file: string, args: string[], options: SpawnOptions];
}

interface Account {
  uid: number;
  gid: number;
}

export function choosePrivileges(found: Binaries, dataDir: string, folder: string): Privileges {
  const isComplete = repairBinaries(found.folder);
  const ourselves = asOurselves(isComplete ? found.folder : copyBinaries(found, dataDir));
  const reason = whyNot(ourselves);
  if (reason) throw cannotRun(reason);
  if (process.getuid?.() !== 0) return ourselves;

  const account = ownerOf(folder) ?? findAccount('postgres') ?? findAccount('nobody');
  if (!account) throw rootOnly('there is neither a user postgres nor a user nobody');
  const isReachable = canReach(dataDir, account);
  const asAnother = asAnotherUser(ourselves.binaries, account);
  if (isReachable && !whyNot(asAnother)) return asAnother;
  const inNamespace = inUserNamespace(ourselves.binaries, account);
  if (!whyNot(inNamespace)) return inNamespace;
  return fromCopy(found, dataDir, account, isReachable);
}

function asOurselves(binaries: string): Privileges {
  return {
    how: 'as ourselves',
    binaries,
    owner: null,
    nameOf: (folder) => folder,
    command: (file, args) => [file, args, {}],
  };
}

function asAnotherUser(binaries: string, account: Account): Privileges {
  return {
    how: 'as another user',
    binaries,
    owner: account,
    nameOf: (folder) => folder,
    command: (file, args) => [file, args, account],
  };
}

/** Inside, root is an ordinary user, but still root for files. */
function inUserNamespace(binaries: string, { uid, gid }: Account): Privileges {
  return {
    how: 'in a user namespace',
    binaries,
    owner: { uid: 0, gid: 0 },
    nameOf: (folder) => folder,
    command: (file, args) => [
      'unshare',
      ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--', file, ...args],
      {},
    ],
  };
}

function fromCopy(found: Binaries, dataDir: string, account: Account, isReachable: boolean): Privileges {
  if (!isReachable && process.platform !== 'linux') throw rootOnly(`no other user can reach ${dataDir}`);
  const privileges: Privileges = {
    ...asAnotherUser(copyBinaries(found, isReachable ? dataDir : '/var/tmp'), account),
    how: 'from a copy, as another user',
    // Unlike an absolute path, this needs no permission on the folders above.
    nameOf: (folder) => (isReachable ? folder : '/proc/self/cwd'),
  };
  const reason = whyNot(privileges);
  if (reason) throw cannotRun(reason);
  return privileges;
}

function rootOnly(reason: string): StartupError {
  return new StartupError(
    `PostgreSQL does not run as root, and ${reason}: start Ciel as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Null when the server's program runs, otherwise the reason. */
function whyNot(privileges: Privileges): string | null {
  const [file, args, options] = privileges.command(binaryPath(privileges.binaries, 'postgres'), [
    '--version',
  ]);
  const { status, error, stderr } = spawnSync(file, args, {
    ...options,
    env: ENVIRONMENT,
    stdio: 'pipe',
    encoding: 'utf8',
  });
  if (status === 0) return null;
  // The file exists, so its loader is missing: this is how musl reports that.
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return 'it needs glibc';
  return error?.message || stderr?.trim().split('\n').at(-1) || 'it gave no reason';
}

function ownerOf(folder: string): Account | null {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null;
}

function findAccount(name: string): Account | null {
  const [uid, gid] = ['-u', '-g'].map((option) => spawnSync('id', [option, name], { encoding: 'utf8' }));
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function canReach(path: string, { uid, gid }: Account): boolean {
  const found = statSync(path);
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0;
  const isOpen = ((found.mode >> shift) & 1) === 1;
  return isOpen && (path === dirname(path) || canReach(dirname(path), { uid, gid }));
}

/** Gives the folder, and its contents if it had another owner, to the user who runs the server, and to nobody else. */
export function giveToServerUser(folder: string, { owner }: Privileges): void {
  if (owner && statSync(folder).uid !== owner.uid) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      chownSync(join(folder, name), owner.uid, owner.gid);
    }
    chownSync(folder, owner.uid, owner.gid);
  }
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
}
