// JavaScript on purpose, and before everything else: the first file of TypeScript loads what strips types, 20 MB and 40 ms,
// unless the cache is there already.
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

const MODULE_OF_DRIZZLE = /\/node_modules\/drizzle-orm\/.*\.js$/;

/*
 * Makes a start take half of its time. For each of the hundred ES modules of Drizzle, Node reads a package.json of 180 KB
 * again, for its CommonJS ones once; and what was compiled and stripped of types before is taken from a cache.
 */
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (!MODULE_OF_DRIZZLE.test(found.url)) return found;
    return { ...found, url: found.url.replace(/js$/, 'cjs'), format: 'commonjs' };
  },
});
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/ciel'));
