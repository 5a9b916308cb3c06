export interface Admission {
  /** Waits for a place; call what it returns to give the place back. `alone`: nothing else runs meanwhile, whatever it takes. */
  enter(bytes: number, options: { alone: boolean; signal: AbortSignal }): Promise<() => void>;
}

interface Entrant {
  bytes: number;
  alone: boolean;
  admit(): void;
}

/**
 * Bounds what runs at once, by number and by the memory that it is expected to take. What takes more than all of the budget runs alone. In
 * order of arrival, so that nothing waits for ever behind smaller work.
 */
export function createAdmission({ budget, atOnce }: { budget: number; atOnce: number }): Admission {
  const waiting: Entrant[] = [];
  const inside = new Set<Entrant>();

  function fits({ bytes, alone }: Entrant): boolean {
    if (inside.size === 0) return true;
    if (alone || inside.size >= atOnce) return false;
    let sum = bytes;
    for (const other of inside) {
      if (other.alone) return false;
      sum += other.bytes;
    }
    return sum <= budget;
  }

  function admit(): void {
    for (let next = waiting[0]; next && fits(next); next = waiting[0]) {
      waiting.shift();
      inside.add(next);
      next.admit();
    }
  }

  return {
    enter: (bytes, { alone, signal }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          if (inside.delete(entrant)) admit();
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(entrant), 1);
          reject(signal.reason);
          admit();
        };
        const entrant: Entrant = {
          bytes,
          alone,
          admit() {
            signal.removeEventListener('abort', giveUp);
            resolve(leave);
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(entrant);
        admit();
      }),
  };
}
