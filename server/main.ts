import { hastenImports } from './imports.ts';

hastenImports();
const { run } = await import('./program.ts');
await run();
