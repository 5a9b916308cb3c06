import './bootstrap/node/preload.js';

const { run } = await import('./bootstrap/program.ts');
await run();
