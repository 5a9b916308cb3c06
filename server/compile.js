// Fills the cache of imports.js, as npm does it after an install: the first start is up half a second earlier, and does not
// keep the 20 to 30 MB of what strips types. With the flags of the start, since a cache is of one set of flags.
try {
  await import('./imports.js');
  await Promise.all(
    ['./program.ts', './compose.ts', './modes.ts', './jobs/mediaProcessor.ts'].map((path) => import(path)),
  );
} catch (error) {
  console.log(`Nothing is compiled beforehand (${error.message}): the first start does it.`);
}
