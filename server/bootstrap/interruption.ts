import { unlessAborted } from './unlessAborted.ts';

class Interrupted extends Error {
  override name = 'Interrupted';
}

/** 128 plus the number of the signal, as shells report it. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 };

interface Opened<R> {
  resource: R;
  close(): Promise<void>;
}

/**
 * Opens a resource, does the work and closes the resource. Ctrl-C and SIGTERM end the process in the middle of the work, but only
 * after the resource is closed.
 */
export async function unlessInterrupted<R, T>(
  open: (signal: AbortSignal) => Promise<Opened<R>>,
  work: (resource: R) => Promise<T>,
): Promise<T> {
  const { signal, forget } = abortOnSignals();
  try {
    const { resource, close } = await open(signal);
    try {
      signal.throwIfAborted();
      return await unlessAborted(signal, work(resource));
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof Interrupted) process.exit();
    throw error;
  } finally {
    forget();
  }
}

function abortOnSignals() {
  const stopping = new AbortController();
  const handlers = Object.entries(exitCodes).map(([name, exitCode]) => {
    const handler = () => {
      process.exitCode = exitCode;
      stopping.abort(new Interrupted());
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  return {
    signal: stopping.signal,
    forget() {
      for (const remove of handlers) remove();
    },
  };
}
