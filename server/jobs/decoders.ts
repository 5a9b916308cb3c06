import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Children, type ChildrenOptions, createChildren } from '../infra/children/children.ts';
import type { Log } from '../infra/log/log.ts';

const MB = 1_000_000;
const PRELOAD = join(import.meta.dirname, '../bootstrap/node/preload.js');

/**
 * The processes that decode photographs. Everything together stays below 700 MB: the budget, and what the processes take without
 * a photograph. `npm run bench` measures it.
 */
export const decoderOptions = {
  script: join(import.meta.dirname, 'decoderProcess.ts'),
  // The flags with which its code was compiled ahead of time.
  execArgv: [
    '--max-semi-space-size=16',
    '--heap-growing-percent=60',
    '--import',
    pathToFileURL(PRELOAD).href,
  ],
  budget: 560 * MB,
  // Each picture is decoded on one core.
  atOnce: 2,
  // The slowest legal photograph takes 8 s of a core of today.
  limits: { cpuMs: 60_000, memory: 800 * MB },
  hardMemory: 1200 * MB,
  timeoutMs: 300_000,
  startMs: 60_000,
  maxTasks: 200,
  maxIdleMemory: 250 * MB,
  idleMs: 60_000,
} satisfies Omit<ChildrenOptions, 'log'>;

export const createDecoders = (log: Log, options: Partial<ChildrenOptions> = {}): Children =>
  createChildren({ ...decoderOptions, log, ...options });
