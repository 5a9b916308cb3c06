import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const NAMED_BY = 'test/lanes/previous';

export interface Checkout {
  root: string;
  commit: string;
  /** Synchronous, so that it also runs while the process exits. */
  remove(): void;
}

/** The previous release in a worktree of its own, with the packages that its lockfile asks for. */
export function checkOutPrevious(): Checkout {
  const commit = readFileSync(join(ROOT, NAMED_BY), 'utf8').trim();
  requireCommit(commit);
  const folder = mkdtempSync(join(tmpdir(), 'ciel-previous-'));
  const root = join(folder, 'ciel');
  const remove = () => {
    spawnSync('git', ['worktree', 'remove', '--force', root], { cwd: ROOT });
    rmSync(folder, { recursive: true, force: true });
    // Forgets the worktree even when git could not remove it.
    spawnSync('git', ['worktree', 'prune'], { cwd: ROOT });
  };
  try {
    execFileSync('git', ['worktree', 'add', '--detach', '--quiet', root, commit], { cwd: ROOT });
    install(root);
  } catch (error) {
    remove();
    throw error;
  }
  return { root, commit, remove };
}

function requireCommit(commit: string): void {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error(`${NAMED_BY} must hold the full hash of one commit`);
  const { status } = spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: ROOT });
  if (status !== 0)
    throw new Error(
      `${NAMED_BY} names ${commit}, which this clone does not have. In a shallow clone, run: git fetch --unshallow`,
    );
}

/** Uses today's packages when they include the same ones, which saves half a minute and the registry. */
function install(root: string): void {
  const today = packagesOf(ROOT);
  const areThere = [...packagesOf(root)].every(([path, found]) => today.get(path) === found);
  if (areThere) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  else execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
}

/** Leaves out our own packages, whose versions change with a release. */
function packagesOf(root: string): Map<string, string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, object>;
  };
  const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));
  return new Map(installed.map(([path, found]) => [path, JSON.stringify(found)]));
}
