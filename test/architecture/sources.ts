import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Source {
  /** Path from the root of the project. */
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  /** Path from the root for a file of ours, the package's name otherwise. */
  target: string;
  isOurs: boolean;
  isTypeOnly: boolean;
}

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'/gm;
const ONLY_TYPES = /^\{\s*(type [^,]+,?\s*)+\}$/;

/** The TypeScript files under a folder of the project, with what they import. */
export function sourcesUnder(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(ts|tsx|cjs)$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => readSource(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function readSource(path: string, text = readFileSync(join(ROOT, path), 'utf8')): Source {
  const imports = [...text.matchAll(IMPORT)].map(([, type, names, from]) => {
    const isOurs = from!.startsWith('.');
    return {
      target: isOurs ? relative(ROOT, resolve(ROOT, dirname(path), from!)) : from!,
      isOurs,
      isTypeOnly: type !== undefined || ONLY_TYPES.test(names ?? ''),
    };
  });
  return { path, text, imports };
}
