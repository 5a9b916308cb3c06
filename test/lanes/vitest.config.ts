import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** What takes longer than a suite may: long runs, a process for each command, a browser. One after another. */
export default defineConfig({
  test: { ...base.test, include: ['test/**/*.lane.ts'], fileParallelism: false, testTimeout: 600_000 },
});
