import '../../server/bootstrap/node/preload.js';

/** The program, which dies silently at the point that `DIES_AT` names. */
const { openRuntime } = await import('../../server/bootstrap/runtime.ts');
const { parseConfig } = await import('../../server/config/config.ts');
const { startMode } = await import('../../server/bootstrap/modes.ts');
const { crashAt } = await import('./crashPoints.ts');

const runtime = crashAt(await openRuntime(parseConfig()), process.env.DIES_AT!);
await startMode(runtime, new AbortController().signal, {
  mediaVisibilityMs: 2_000,
  effectsVisibilityMs: 2_000,
});
