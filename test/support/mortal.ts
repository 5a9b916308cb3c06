import '../../server/bootstrap/node/preload.js';

/** The program, which dies without a word when it comes to the point that its argument names. */
const { openRuntime } = await import('../../server/bootstrap/runtime.ts');
const { parseConfig } = await import('../../server/config/config.ts');
const { startMode } = await import('../../server/bootstrap/modes.ts');
const { deadly } = await import('./deadly.ts');

const runtime = deadly(await openRuntime(parseConfig()), process.env.DIES_AT!);
await startMode(runtime, new AbortController().signal, {
  mediaVisibilityMs: 2_000,
  effectsVisibilityMs: 2_000,
});
