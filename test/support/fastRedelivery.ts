import '../../server/bootstrap/node/preload.js';

/** The program, with jobs of killed workers redelivered within two seconds. */
const { run } = await import('../../server/bootstrap/program.ts');
await run({ mediaVisibilityMs: 2_000, effectsVisibilityMs: 2_000 });
