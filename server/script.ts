import { pino } from 'pino';
import { createCaller } from './api/router.ts';
import { unlessInterrupted } from './bootstrap/interruption.ts';
import { openRuntime } from './bootstrap/runtime.ts';
import { parseConfig } from './config/config.ts';
import { loadEnvFile } from './config/envFile.ts';
import type { App } from './core/app.ts';
import { scriptContext } from './core/context.ts';
import { viewerByHandle } from './domains/users/public.ts';
import { createLog } from './infra/log/log.ts';

/** Calls every procedure in-process, with the same checks as over HTTP but without rate limits. */
export type Caller = ReturnType<ReturnType<typeof createCaller>>;

export interface Ciel {
  /** Calls as an operator, whose name is written to the audit log. */
  admin: Caller;
  /** Calls as the user with this handle; throws `not_found`. */
  as(handle: string): Promise<Caller>;
  /** For services without a procedure. */
  app: App;
}

interface ScriptOptions {
  /** The operator's name in the audit log. */
  actor?: string;
  /** Create an embedded database when there is none yet. */
  mayCreate?: boolean;
}

/**
 * Runs a script on the installation that the environment configures, whether or not a server is running on it, and closes
 * everything when the work is done, fails or is interrupted. Throws ConfigError and StartupError, with messages fit to print.
 */
export async function withCiel<T>(
  work: (ciel: Ciel) => Promise<T>,
  { actor = 'script', mayCreate = false }: ScriptOptions = {},
): Promise<T> {
  const strangeNames = loadEnvFile();
  const config = parseConfig();
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel;
  const log = createLog(level, pino.destination({ dest: 2, sync: true }));
  if (strangeNames.length) log.warn({ names: strangeNames }, 'names in .env are no variables of Ciel');
  const open = async (signal: AbortSignal) => {
    const { app, close } = await openRuntime(config, signal, { log, mayCreate });
    return { resource: app, close };
  };
  return unlessInterrupted(open, (app) => {
    const call = createCaller(app);
    const as = async (handle: string) => call(scriptContext(await viewerByHandle(app, handle), actor));
    return work({ admin: call(scriptContext(null, actor)), as, app });
  });
}
