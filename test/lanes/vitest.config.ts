import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** What takes longer than a suite may. One after another: each has the machine to itself. */
export default mergeConfig(
  base,
  defineConfig({ test: { include: ['test/lanes/*.lane.ts'], fileParallelism: false, testTimeout: 600_000 } }),
);
