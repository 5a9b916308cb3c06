import { pino } from 'pino';
import { createCaller } from './api/router.ts';
import { compose } from './compose.ts';
import { parseConfig } from './config.ts';
import type { App } from './core/app.ts';
import { scriptContext } from './core/context.ts';
import { viewerByHandle } from './domains/users/service.ts';
import { createLog } from './infra/log/log.ts';
import { unlessAborted } from './unlessAborted.ts';

/** Every procedure, called in-process: checked and carried out as over HTTP, but for the limits. */
export type Caller = ReturnType<ReturnType<typeof createCaller>>;

export interface Ciel {
  /** Calls as an operator, whose name is written to the audit log. */
  admin: Caller;
  /** Calls as the person with the handle; throws `not_found`. */
  as(handle: string): Promise<Caller>;
  /** For services that are no procedures. */
  app: App;
}

interface ScriptOptions {
  /** The name of the operator. */
  actor?: string;
  /** Makes an embedded database where there is none yet. */
  mayCreate?: boolean;
}

class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * Runs a script on the Ciel that the environment names, whether a server runs on it or not, and closes everything when the work is
 * done, has failed, or is interrupted. Throws ConfigProblem and StartupProblem, each with a sentence to print.
 */
export async function withCiel<T>(
  work: (ciel: Ciel) => Promise<T>,
  { actor = 'script', mayCreate = false }: ScriptOptions = {},
): Promise<T> {
  const config = parseConfig();
  const interruption = abortOnSignals();
  try {
    const level = config.logLevel === 'info' ? 'warn' : config.logLevel;
    const log = createLog(level, pino.destination({ dest: 2, sync: true }));
    const { app, close } = await compose(config, interruption.signal, { log, mayCreate });
    const call = createCaller(app);
    const as = async (handle: string) => call(scriptContext(await viewerByHandle(app, handle), actor));
    try {
      return await unlessAborted(
        interruption.signal,
        work({ admin: call(scriptContext(null, actor)), as, app }),
      );
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof Interrupted) process.exit(interruption.exitCode());
    throw error;
  } finally {
    interruption.stop();
  }
}

function abortOnSignals() {
  const stopping = new AbortController();
  let exitCode = 0;
  const on = (code: number) => () => {
    exitCode = code;
    stopping.abort(new Interrupted());
  };
  const handlers = { SIGINT: on(130), SIGTERM: on(143) };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);
  return {
    signal: stopping.signal,
    exitCode: () => exitCode,
    stop() {
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler);
    },
  };
}
