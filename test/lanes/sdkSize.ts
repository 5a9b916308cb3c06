import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * How much of the package a page loads, bundled and minified with all that it needs. The argument is a folder where the package
 * is installed. Fails above the limit, and when something that is not used is not left out.
 */
const [folder = '.'] = process.argv.slice(2);
const LIMIT = 15 * 1024;

async function bundle(code: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    // What is loaded on demand is a file of its own, and does not count.
    splitting: true,
    outdir: 'out',
    metafile: true,
    external: ['react', '@tanstack/react-query'],
    write: false,
    logLevel: 'error',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of metafile.outputs[path]!.imports)
      if (kind === 'import-statement' && metafile.outputs[next]) load(next);
  };
  load(Object.keys(metafile.outputs).find((path) => basename(path) === 'stdin.js')!);
  return [...loaded].map((path) => texts.get(basename(path))).join('');
}

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length;
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

const core = await bundle(
  "export { createCiel, createOptimistic, isCielError, webStore, HandleTakenError } from '@ciel/sdk'",
);
const oneClass = await bundle("export { HandleTakenError } from '@ciel/sdk'");
const react = await bundle(
  "export { createCiel, webStore } from '@ciel/sdk'; export * from '@ciel/sdk/react'",
);
const thumbhash = await bundle("export * from '@ciel/sdk/thumbhash'");

console.log(
  `sdk: ${kilobytes(gzipped(core))} gzipped of ${kilobytes(LIMIT)}, ${kilobytes(core.length)} minified`,
);
console.log(`sdk with its hooks: ${kilobytes(gzipped(react))} gzipped, without React and TanStack Query`);
console.log(`sdk/thumbhash: ${kilobytes(gzipped(thumbhash))} gzipped`);
console.log(`sdk, one class of error alone: ${kilobytes(gzipped(oneClass))} gzipped`);

const faults = [
  gzipped(core) > LIMIT && `the core is above ${kilobytes(LIMIT)}`,
  gzipped(oneClass) > 1024 && 'a class of error brings the client with it',
  gzipped(thumbhash) > 2048 && 'a placeholder brings the client with it',
  core.includes('appeal_too_late') && 'a class of error that is not used is in the bundle',
].filter(Boolean);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
