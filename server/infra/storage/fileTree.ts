import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, ignoreMissing } from './storedFile.ts';

/** Keys under the prefix and after the given key, in byte order, as an object store lists them. */
export async function* keysIn(
  root: string,
  folder: string,
  prefix: string,
  after: string | null,
): AsyncGenerator<string> {
  const entries = (await readdir(join(root, folder), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  // With the slash, a folder sorts where its keys do.
  const names = entries
    .filter((entry) => !entry.name.startsWith('.'))
    .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
    .sort();
  for (const name of names) {
    if (!name.endsWith('/')) {
      if (name.startsWith(prefix) && (after === null || name > after)) yield name;
      continue;
    }
    const isInside = name.startsWith(prefix) || prefix.startsWith(name);
    const isBefore = after !== null && name < after && !after.startsWith(name);
    if (isInside && !isBefore) yield* keysIn(root, name, prefix, after);
  }
}

/** Removes the file, and the folders that it leaves empty. */
export async function removeFile(root: string, path: string): Promise<void> {
  await rm(path, { force: true });
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      (error) => codeOf(error) === 'ENOENT',
    );
    if (!isGone) return;
  }
}

/** Removes the half-written files of processes that have died; their names begin with the process id. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!isRunning(Number.parseInt(name, 10))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}
