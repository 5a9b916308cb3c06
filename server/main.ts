import './imports.js';

const { run } = await import('./program.ts');
await run();
