// Fills the compile cache of preload.js; npm runs this after an install. The first start is then half a second faster and does not
// keep the 20 to 30 MB of the type stripper. Runs with the flags of the start: a cache is valid for one set of flags.
try {
  await import('./preload.js');
  await Promise.all(
    [
      '../program.ts',
      '../runtime.ts',
      '../modes.ts',
      '../../jobs/mediaProcessor.ts',
      '../../jobs/decoderProcess.ts',
      '../../infra/children/watchdog.ts',
    ].map((path) => import(path)),
  );
} catch (error) {
  console.log(`Could not compile ahead of time (${error.message}): the first start will compile instead.`);
}
