import { join } from 'node:path';
import type { ChildrenOptions } from '../../../server/infra/children/children.ts';
import { silentLog } from '../../../server/infra/log/log.ts';

export const MB = 1_000_000;
export const NEVER = 1e9;

/** Without limits that a test could meet by itself. */
export const exampleOptions: ChildrenOptions = {
  script: join(import.meta.dirname, 'exampleChild.ts'),
  execArgv: [],
  budget: 100 * MB,
  atOnce: 2,
  limits: { cpuMs: NEVER, memory: 1000 * MB },
  hardMemory: 1000 * MB,
  timeoutMs: NEVER,
  startMs: NEVER,
  maxTasks: 50,
  maxIdleMemory: 1000 * MB,
  idleMs: NEVER,
  log: silentLog,
};
