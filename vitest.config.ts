import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    setupFiles: ['test/support/everyTest.ts'],
    // So long that only what hangs meets them, on a machine busy with other things too.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 3,
    // What the files import is loaded once for each worker: a fifth of the time. No file changes what another imports.
    isolate: false,
    execArgv: ['--import', join(import.meta.dirname, 'server/bootstrap/node/preload.js')],
  },
});
