/** Tells those who wait in this process that there may be work, so that they need not poll for it. */
export interface Wake {
  notify(): void;
  /** How often it was notified. */
  count(): number;
  /** Resolves when it was notified more often than `seen` times, after `ms`, or when the signal aborts. */
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
