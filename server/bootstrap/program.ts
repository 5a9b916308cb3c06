import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { ConfigError, parseConfig } from '../config/config.ts';
import { loadEnvFile } from '../config/envFile.ts';
import { createLog } from '../infra/log/log.ts';
import { StartupError } from '../infra/startupError.ts';
import type { Running, Timing } from './modes.ts';
import { unlessAborted } from './unlessAborted.ts';

const STOP_WITHIN_MS = 25_000;
/** npm forwards the Ctrl-C that the terminal has already sent to this process: only a later one means "exit at once". */
const SAME_CTRL_C_MS = 1_000;

class StopRequested extends Error {
  override name = 'StopRequested';
}

/** Runs the program until it is asked to stop, then exits the process. */
export async function run(timing?: Timing): Promise<void> {
  const { signal } = abortOnSignals();
  try {
    const running = await start(signal, timing);
    if (!signal.aborted) await once(signal, 'abort');
    await running.stop();
  } catch (error) {
    if (!(error instanceof StopRequested)) report(error);
  }
  process.exit();
}

function abortOnSignals(): AbortController {
  const stopping = new AbortController();
  let askedAt = 0;
  const ask = () => {
    if (stopping.signal.aborted && Date.now() - askedAt > SAME_CTRL_C_MS) process.exit(1);
    if (stopping.signal.aborted) return;
    askedAt = Date.now();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stopping.abort(new StopRequested());
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return stopping;
}

/** Loads the rest of the program only after the configuration is known to be valid: a bad one is reported at once. */
async function start(signal: AbortSignal, timing: Timing | undefined): Promise<Running> {
  const strangeNames = loadEnvFile();
  const config = parseConfig();
  if (strangeNames.length)
    createLog(config.logLevel).warn({ names: strangeNames }, 'names in .env are no variables of Ciel');
  const loading = Promise.all([import('./runtime.ts'), import('./modes.ts')]);
  const [{ openRuntime }, { startMode }] = await unlessAborted(signal, loading);
  const running = await startMode(await openRuntime(config, signal), signal, timing);
  flushCompileCache();
  return running;
}

/** Problems that the operator can fix are printed as a line; anything else is a bug and keeps its stack. */
function report(error: unknown): void {
  if (!(error instanceof ConfigError || error instanceof StartupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
