/** Tells consumers of this process that there may be work, so that they need not wait for their next poll. */
export interface Wake {
  notify(): void;
  /** How often notify() was called. */
  count(): number;
  /** Resolves when notify() has been called since count() was `seen`, after `ms`, or when the signal aborts. */
  wait(seen: number, ms: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    notify() {
      count++;
      for (const wake of [...waiting]) wake();
    },
    count: () => count,
    wait: (seen, ms, signal) =>
      new Promise((resolve) => {
        if (count !== seen || signal.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        waiting.add(done);
        signal.addEventListener('abort', done);
      }),
  };
}
