import '../../server/bootstrap/node/preload.js';

/** The program, but for jobs that come back from the dead within two seconds. */
const { run } = await import('../../server/bootstrap/program.ts');
await run({ mediaVisibilityMs: 2_000, effectsVisibilityMs: 2_000 });
